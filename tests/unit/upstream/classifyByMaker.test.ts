// Refusals as the makers' own services send them.
import { describe, expect, it } from 'vitest';
import { errorMessageOf } from '../../../main/protocol/errorMessage.ts';
import { classifyStatus, type Failure } from '../../../main/upstream/classifyFailure.ts';

/** 15 June 2026, 12:00 UTC: five in the morning on the Pacific coast. */
const now = Date.UTC(2026, 5, 15, 12);
const minute = 60_000;
const hour = 60 * minute;

function judge(status: number, body: unknown, headers: Record<string, string> = {}): Failure {
  const bytes = Buffer.from(JSON.stringify(body));
  return classifyStatus({
    kind: 'openai',
    status,
    headers,
    message: errorMessageOf(bytes, status),
    text: bytes.toString(),
    now,
    dayEndsAt: now + 2 * hour,
    streak: 0,
  });
}

const anthropic = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_1',
});
const gemini = (code: number, status: string, message: string, details: unknown[] = []) => ({
  error: { code, message, status, details },
});
const openai = (message: string, code: string | null, type = 'invalid_request_error') => ({
  error: { message, type, param: null, code },
});

const missing = { outcome: 'model-missing', next: 'other', hold: { scope: 'model', state: 'missing' } };
const refused = { outcome: 'refused', next: 'other', hold: { scope: 'account', state: 'refused' } };
const exhausted = { outcome: 'exhausted', next: 'other', hold: { scope: 'account', state: 'exhausted' } };
const callers = { outcome: 'invalid', next: 'return', hold: null };

describe('a model that is not there', () => {
  it.each([
    ['Anthropic', 404, anthropic('not_found_error', 'model: claude-3.5-nothing')],
    [
      'Gemini',
      404,
      gemini(
        404,
        'NOT_FOUND',
        'models/gemini-1.5-pro is not found for API version v1beta, or is not supported for generateContent.',
      ),
    ],
    [
      'Azure',
      404,
      {
        error: {
          code: 'DeploymentNotFound',
          message:
            'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
        },
      },
    ],
    ['Azure v1', 404, { error: { code: 'unknown_model', message: 'Unknown model: gpt-9' } }],
    ['OpenAI', 404, openai('The model `gpt-4.1-x` does not exist or you do not have access to it.', null)],
  ])('%s', (_maker, status, body) => {
    expect(judge(status, body)).toMatchObject(missing);
  });

  it('is not what an unknown path or file is', () => {
    expect(judge(404, anthropic('not_found_error', 'Not found'))).toMatchObject(callers);
    expect(judge(404, gemini(404, 'NOT_FOUND', 'Requested entity was not found.'))).toMatchObject(callers);
  });
});

describe('keys, places and purses', () => {
  it.each([
    ['Anthropic', 401, anthropic('authentication_error', 'invalid x-api-key')],
    [
      'Gemini',
      400,
      gemini(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
      ]),
    ],
    ['Gemini, expired', 400, gemini(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.')],
    [
      'Gemini, leaked',
      403,
      gemini(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked. Please use another API key.'),
    ],
    [
      'Gemini, none',
      403,
      gemini(
        403,
        'PERMISSION_DENIED',
        "Method doesn't allow unregistered callers (callers without established identity).",
      ),
    ],
    [
      'Azure',
      401,
      {
        error: {
          code: '401',
          message: 'Access denied due to invalid subscription key or wrong API endpoint.',
        },
      },
    ],
  ])('%s: the key is refused', (_maker, status, body) => {
    expect(judge(status, body)).toMatchObject(refused);
  });

  it.each([
    [
      'Anthropic',
      400,
      anthropic('invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'),
    ],
    ['Anthropic', 402, anthropic('billing_error', 'Payment required')],
    [
      'OpenAI',
      429,
      openai(
        'You exceeded your current quota, please check your plan and billing details.',
        'insufficient_quota',
      ),
    ],
    ['OpenAI', 400, openai('Billing hard limit has been reached', 'billing_hard_limit_reached')],
  ])('%s %i: nothing left to pay with', (_maker, status, body) => {
    expect(judge(status, body)).toMatchObject(exhausted);
  });

  it('a refused country holds the model back for a while, not the request', () => {
    expect(
      judge(400, gemini(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.')),
    ).toMatchObject({ outcome: 'refused', next: 'other', hold: { scope: 'model', state: 'cooling' } });
  });
});

describe('rate limits', () => {
  const quota = (...ids: string[]) => ({
    '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
    violations: ids.map((quotaId) => ({
      quotaMetric: 'generativelanguage.googleapis.com/requests',
      quotaId,
    })),
  });
  const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '27s' };
  const words = 'You exceeded your current quota, please check your plan and billing details.';

  it("Gemini's per minute waits as long as it says, though its words are those of an empty purse", () => {
    const body = gemini(429, 'RESOURCE_EXHAUSTED', words, [
      quota('GenerateRequestsPerMinutePerProjectPerModel'),
      retryInfo,
    ]);
    expect(judge(429, body)).toMatchObject({
      outcome: 'rate-limited',
      hold: { scope: 'model', state: 'cooling', ms: 27_000 },
    });
  });

  it("Gemini's per day waits for midnight on the Pacific coast, whatever else it says", () => {
    const ids = [
      'GenerateRequestsPerMinutePerProjectPerModel',
      'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
    ];
    const body = gemini(429, 'RESOURCE_EXHAUSTED', words, [quota(...ids), retryInfo]);
    expect(judge(429, body)).toMatchObject({ outcome: 'rate-limited', hold: { ms: 19 * hour } });
  });

  it('Gemini without a detail backs off', () => {
    const body = gemini(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).');
    expect(judge(429, body)).toMatchObject({ outcome: 'rate-limited', hold: { ms: 1_000 } });
  });

  it('Anthropic waits for the limit that is used up', () => {
    const headers = {
      'anthropic-ratelimit-requests-remaining': '40',
      'anthropic-ratelimit-requests-reset': new Date(now + minute).toISOString(),
      'anthropic-ratelimit-output-tokens-remaining': '0',
      'anthropic-ratelimit-output-tokens-reset': new Date(now + 33_000).toISOString(),
    };
    const body = anthropic('rate_limit_error', 'This request would exceed your account’s rate limit.');
    expect(judge(429, body, headers)).toMatchObject({ outcome: 'rate-limited', hold: { ms: 33_000 } });
  });

  it('Azure waits for its milliseconds', () => {
    const body = {
      error: {
        code: '429',
        message: 'Requests have exceeded the call rate limit. Please retry after 9 seconds.',
      },
    };
    expect(judge(429, body, { 'retry-after-ms': '8214', 'retry-after': '9' })).toMatchObject({
      hold: { ms: 8_214 },
    });
  });

  it('an overloaded Anthropic is tried once more and counts against the circuit', () => {
    expect(judge(529, anthropic('overloaded_error', 'Overloaded'))).toMatchObject({
      outcome: 'server-error',
      next: 'same',
      breaks: true,
    });
  });
});

it('what a filter refuses is the caller’s', () => {
  const body = {
    error: {
      code: 'content_filter',
      status: 400,
      param: 'prompt',
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { hate: { filtered: true } },
      },
    },
  };
  expect(judge(400, body)).toMatchObject(callers);
});

it('an option that a model refuses is no missing model', () => {
  const texts = [
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    '`temperature` is deprecated for this model.',
    'This model does not support the effort parameter.',
  ];
  for (const text of texts) expect(judge(400, openai(text, null))).toMatchObject(callers);
});
