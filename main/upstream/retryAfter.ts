// Reads how long an upstream asks us to stay away: headers in all their spellings, then the text of the error.
import type { UpstreamHeaders } from './transport.ts';

const dayMs = 86_400_000;

function header(headers: UpstreamHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** `1.5`, `20ms`, `6m0s`, `1h2m3s`: as x-ratelimit-reset-* headers and error texts write durations. */
function durationMs(text: string): number | null {
  const match = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(text.trim());
  if (!match || match[0] === '') return null;
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = match;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000 + Number(millis);
}

function fromSecondsOrDate(value: string, now: number): number | null {
  if (/^\d+(?:\.\d+)?$/.test(value.trim())) return Number(value) * 1_000;
  // Date.parse reads "-1" as a year; a real HTTP date names its zone.
  const date = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : date - now;
}

const textPattern =
  /(?:try again|retry|wait|available)[^.]{0,40}?\b(?:in|after|for)\s+(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b/i;

function fromText(text: string): number | null {
  const match = textPattern.exec(text);
  if (!match) {
    const delay = /"retryDelay"\s*:\s*"([^"]+)"/.exec(text)?.[1];
    return delay ? durationMs(delay) : null;
  }
  const amount = Number(match[1]);
  const unit = (match[2] ?? 's').toLowerCase();
  if (unit.startsWith('ms') || unit.startsWith('milli')) return amount;
  if (unit.startsWith('h')) return amount * 3_600_000;
  return unit.startsWith('m') ? amount * 60_000 : amount * 1_000;
}

/** `12` seconds, `6m0s`, or the moment itself: Unix seconds or milliseconds, or RFC 3339. */
function fromReset(value: string, now: number): number | null {
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const amount = Number(text);
    if (amount > 1e12) return amount - now;
    return amount > 1e9 ? amount * 1_000 - now : amount * 1_000;
  }
  return durationMs(text) ?? (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) - now : null);
}

/** Families of headers that tell for each limit what is left and when it is whole again. */
const limitFamilies: readonly ((what: string, of: string) => string)[] = [
  // OpenAI, Azure, Groq: x-ratelimit-remaining-tokens
  (what, of) => `x-ratelimit-${what}-${of}`,
  // Anthropic: anthropic-ratelimit-input-tokens-remaining
  (what, of) => `anthropic-ratelimit-${of}-${what}`,
];

const limitKinds = ['requests', 'tokens', 'input-tokens', 'output-tokens'];

/** The longest wait among the limits that are used up; where none says so, the first that names a time. */
function fromLimits(headers: UpstreamHeaders, now: number): number | null {
  const usedUp: number[] = [];
  const named: number[] = [];
  for (const name of limitFamilies) {
    for (const kind of limitKinds) {
      const reset = header(headers, name('reset', kind));
      const ms = reset === null ? null : fromReset(reset, now);
      if (ms === null || !(ms > 0)) continue;
      named.push(ms);
      if (header(headers, name('remaining', kind))?.trim() === '0') usedUp.push(ms);
    }
  }
  if (usedUp.length > 0) return Math.max(...usedUp);
  // OpenRouter names one moment for all; Anthropic does so for subscriptions.
  const whole = header(headers, 'x-ratelimit-reset') ?? header(headers, 'anthropic-ratelimit-unified-reset');
  return named[0] ?? (whole === null ? null : fromReset(whole, now));
}

/**
 * Milliseconds the upstream wants to be left alone, between 0 and 24 h; null where it says nothing of use.
 * `now` is Unix ms, for dates. Header spellings: clients.md section 5.
 */
export function readRetryAfter(headers: UpstreamHeaders, text: string, now: number): number | null {
  const millis = header(headers, 'retry-after-ms') ?? header(headers, 'x-ms-retry-after-ms');
  const stated = header(headers, 'retry-after');
  const found =
    (millis !== null && /^\d+(?:\.\d+)?$/.test(millis) ? Number(millis) : null) ??
    (stated !== null ? fromSecondsOrDate(stated, now) : null) ??
    fromText(text) ??
    fromLimits(headers, now);
  if (found === null || !Number.isFinite(found) || found < 0) return null;
  return Math.min(found, dayMs);
}
