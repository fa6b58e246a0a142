// The one place that decides what a failed attempt means: whose fault, who is held back for how long, and what to do next.
import { dayWindow } from '../base/day.ts';
import { saysTooLong } from '../protocol/readFault.ts';
import type { Failure, HttpFailureInput } from './failure.ts';
import { classifyOndemandStatus, ondemandRateLimit, refusesContent } from './ondemand/classifyOndemand.ts';
import { ProxyError, proxyStatus, proxyWords } from './proxyError.ts';
import { readRetryAfter } from './retryAfter.ts';

export type { Failure, HttpFailureInput } from './failure.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Refused and penniless accounts are looked at again the next day. */
const retestMs = 24 * hour;

/** Any words of one sentence: names of models hold dots. */
const within = (most: number): string => `(?:[^.]|\\.(?=\\S)){0,${most}}`;

const words = {
  exhausted:
    /insufficient[_ ]?(?:quota|balance|credit|funds)|exceeded your current quota|out of credits?|credit balance is too low|billing|余额不足|欠费|额度已用/i,
  daily: /per[- _]?day|daily (?:limit|quota)|requests per day|RPD|tokens per day|TPD|每日|当日/i,
  modelMissing: new RegExp(
    [
      `model${within(60)}(?:not (?:found|exist|available|supported)|does ?n[o']t exist|unknown|no longer)`,
      '(?:unknown|unsupported|invalid|no such) model|model_not_found|模型不存在|无可用渠道|no available channel',
      // Azure; Anthropic, whose message is but "model: x"
      'DeploymentNotFound|deployment for this resource does not exist|not_found_error"[^}]{0,40}"model: ',
    ].join('|'),
    'i',
  ),
  /** Tokens are what opens a door, and what a model counts in (`max_tokens`). */
  badKey:
    /(?:invalid|incorrect|expired|missing)[^.]{0,20}(?:api[_ ]?key|(?<!(?:max|special|stop|unexpected)[_ ])token(?!s)|credential)|api[_ ]key[_ ](?:not[_ ]valid|invalid|expired)|API_KEY_INVALID|unauthenticated/i,
  /** Google says 403 where others say 401. */
  deadKey:
    /reported as leaked|API_KEY_SERVICE_BLOCKED|CONSUMER_SUSPENDED|unregistered callers|api key (?:has been|was) (?:suspended|revoked|disabled)/i,
  penniless: /credit balance is too low|billing (?:hard )?limit|enable billing/i,
  /** OpenRouter and others say with a 403 that they refuse these very words. */
  flagged:
    /input was flagged|flagged_input|(?:prompt|input|request|content)[^.]{0,40}content (?:policy|filter|moderation)/i,
  /** Google and OpenAI refuse whole countries. */
  place: /(?:user )?location is not supported|unsupported_country_region_territory/i,
  elsewhere:
    /price (?:is )?not configured|model_price_error|未配置|not configured the (?:model )?(?:ratio|price)/i,
};

/** Google's words for a limit per minute are those of others for an empty purse; only its codes tell. */
const isGoogleQuota = (text: string): boolean =>
  /RESOURCE_EXHAUSTED|google\.rpc\.QuotaFailure|ai\.google\.dev/.test(text);

/** Google's days of quota end at midnight on the Pacific coast (ai.google.dev, "Rate limits"). */
function googleDayEndsAt(now: number): number {
  return dayWindow(now, 'America/Los_Angeles').endsAt;
}

function rateLimited(input: HttpFailureInput): Failure {
  const { status, message: reason, text, now } = input;
  const base = { next: 'other', breaks: false, reason, status } as const;
  const google = isGoogleQuota(text);
  if (!google && words.exhausted.test(text)) {
    return { ...base, outcome: 'exhausted', hold: { scope: 'account', state: 'exhausted', ms: retestMs } };
  }
  const stated = readRetryAfter(input.headers, text, now);
  if (input.kind === 'ondemand') return { ...base, outcome: 'rate-limited', hold: ondemandRateLimit(stated) };
  const daily = words.daily.test(text) ? (google ? googleDayEndsAt(now) : input.dayEndsAt) - now : null;
  const backOff = Math.min(1_000 * 2 ** Math.min(input.streak, 20), 30 * minute);
  // A short time beside a daily limit is the provider's default, not the truth.
  const ms = daily !== null && (google || stated === null || stated < minute) ? daily : (stated ?? backOff);
  return {
    ...base,
    outcome: 'rate-limited',
    hold: { scope: 'model', state: 'cooling', ms: Math.max(ms, 100) },
  };
}

const isDeadKey = (text: string): boolean => words.badKey.test(text) || words.deadKey.test(text);

/** A status other than 2xx. */
export function classifyStatus(input: HttpFailureInput): Failure {
  const { status, message: reason, text } = input;
  const base = { breaks: false, hold: null, reason, status } as const;
  const own = input.kind === 'ondemand' ? classifyOndemandStatus(input) : null;
  if (own) return own;
  if (status === 401 || (status === 400 && words.badKey.test(text)) || (status === 403 && isDeadKey(text))) {
    return {
      ...base,
      outcome: 'refused',
      next: 'other',
      hold: { scope: 'account', state: 'refused', ms: retestMs },
    };
  }
  // Anthropic and Gemini say with a 400 that nothing is left to pay with.
  const penniless =
    (status === 403 && words.exhausted.test(text)) || (status === 400 && words.penniless.test(text));
  if (status === 402 || penniless) {
    return {
      ...base,
      outcome: 'exhausted',
      next: 'other',
      hold: { scope: 'account', state: 'exhausted', ms: retestMs },
    };
  }
  if (status === 403 && words.flagged.test(text)) return { ...base, outcome: 'invalid', next: 'return' };
  if (status === 403 || (status === 400 && words.place.test(text))) {
    return {
      ...base,
      outcome: 'refused',
      next: 'other',
      hold: { scope: 'model', state: 'cooling', ms: 30 * minute },
    };
  }
  if ((status === 404 || status === 400) && words.modelMissing.test(text)) {
    return {
      ...base,
      outcome: 'model-missing',
      next: 'other',
      hold: { scope: 'model', state: 'missing', ms: 12 * hour },
    };
  }
  if (status === 429) return rateLimited(input);
  if (words.elsewhere.test(text)) return { ...base, outcome: 'server-error', next: 'other' };
  if (status === 504 || status === 524) return { ...base, outcome: 'timeout', next: 'stop', breaks: true };
  if (status === 408 || status === 425 || status >= 500) {
    const stated = readRetryAfter(input.headers, '', input.now);
    const hold =
      stated !== null && stated > 2_000 ? ({ scope: 'model', state: 'cooling', ms: stated } as const) : null;
    return { ...base, outcome: 'server-error', next: hold ? 'other' : 'same', hold, breaks: true };
  }
  if (status >= 300 && status < 400) {
    return {
      ...base,
      outcome: 'bad-answer',
      next: 'other',
      breaks: true,
      reason: `the upstream redirects (${status}); check the base URL`,
    };
  }
  return { ...base, outcome: 'invalid', next: 'return' };
}

/** A 200 that is no answer: a web page, an error object, an empty shell. */
export function classifyBadAnswer(
  reason: string,
  input: Omit<HttpFailureInput, 'message' | 'text'>,
): Failure {
  // The request itself is at fault, and no other account would take it.
  if (saysTooLong(reason) || (input.kind === 'ondemand' && refusesContent(reason)))
    return { outcome: 'invalid', next: 'return', hold: null, breaks: false, reason, status: input.status };
  if (words.exhausted.test(reason) || /rate.?limit|too many requests|429/i.test(reason)) {
    return rateLimited({ ...input, message: reason, text: reason });
  }
  if (words.badKey.test(reason)) {
    const hold = { scope: 'account', state: 'refused', ms: retestMs } as const;
    return { outcome: 'refused', next: 'other', hold, breaks: false, reason, status: input.status };
  }
  return { outcome: 'bad-answer', next: 'other', hold: null, breaks: true, reason, status: input.status };
}

/** Node's and undici's words for what happened on the wire, in the user's. */
const transportWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name can not be looked up (offline?)',
  ENETUNREACH: 'network unreachable (offline?)',
  EHOSTUNREACH: 'host unreachable',
  ENETRESET: 'the network changed meanwhile',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection closed while sending',
  ETIMEDOUT: 'connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_SOCKET: 'connection closed before an answer',
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its TLS certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another host name',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its TLS certificate can not be verified',
};

function causeCode(error: Error): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
    const inner = (at as { errors?: unknown[] }).errors?.[0];
    if (inner instanceof Error) return causeCode(inner);
  }
  return null;
}

/** The request can't have reached anyone: nothing was counted or billed. */
export function neverArrived(error: Error): boolean {
  if (error instanceof ProxyError && proxyStatus(error) !== null) return true;
  const code = causeCode(error) ?? '';
  return /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY)/.test(
    code,
  );
}

const oversized = new Set(['BodyTooLargeError', 'EventTooLargeError']);

/** No answer came at all. A TLS fault is not tried again on the same target: it will not mend by itself. */
export function classifyTransport(error: Error): Failure {
  if (oversized.has(error.name)) {
    return {
      outcome: 'bad-answer',
      next: 'other',
      hold: null,
      breaks: true,
      reason: error.message,
      status: null,
    };
  }
  const code = causeCode(error);
  const tls = code !== null && /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY)/.test(code);
  const { message } = error instanceof ProxyError ? error.cause : error;
  const words = (code !== null && transportWords[code]) || (code ? `${message} (${code})` : message);
  const reason = error instanceof ProxyError ? proxyWords(error, words, code) : words;
  return {
    outcome: 'unreachable',
    next: tls ? 'other' : 'same',
    hold: null,
    breaks: true,
    reason,
    status: null,
  };
}

/** Nothing meaningful came within the first-byte time. */
export function classifyTimeout(ms: number): Failure {
  const reason = `no answer within ${Math.round(ms / 1_000)} s`;
  return { outcome: 'timeout', next: 'other', hold: null, breaks: true, reason, status: null };
}
