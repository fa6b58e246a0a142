import { describe, expect, it } from 'vitest';
import {
  classifyBadAnswer,
  classifyStatus,
  classifyTransport,
  neverArrived,
} from '../../../main/upstream/classifyFailure.ts';

const now = Date.UTC(2026, 5, 15, 12);
const hour = 3_600_000;

function status(code: number, text = '', headers: Record<string, string> = {}, streak = 0) {
  return classifyStatus({
    kind: 'openai',
    status: code,
    headers,
    message: text,
    text,
    now,
    dayEndsAt: now + 12 * hour,
    streak,
  });
}

describe('classifyStatus', () => {
  it.each([400, 405, 413, 415, 422])("%i is the caller's: returned, nobody punished", (code) => {
    expect(status(code, 'bad parameter')).toMatchObject({
      outcome: 'invalid',
      next: 'return',
      hold: null,
      breaks: false,
    });
  });

  it("404 without a word about models is the caller's too", () => {
    expect(status(404, 'no such path')).toMatchObject({ outcome: 'invalid', next: 'return' });
  });

  it.each([
    [404, 'The model `x` does not exist'],
    [400, 'model_not_found'],
    [404, 'Unknown model: x'],
    [400, '模型不存在'],
  ])('%i "%s": another endpoint may have the model', (code, text) => {
    expect(status(code, text)).toMatchObject({
      outcome: 'model-missing',
      next: 'other',
      hold: { scope: 'model', state: 'missing' },
      breaks: false,
    });
  });

  it('401 puts the account aside, and so does a 400 that is about the key', () => {
    expect(status(401)).toMatchObject({
      outcome: 'refused',
      next: 'other',
      hold: { scope: 'account', state: 'refused' },
      breaks: false,
    });
    expect(status(400, 'API key not valid. API_KEY_INVALID')).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]',
    "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 5 instead.",
    'Failed to deserialize: missing field `max_tokens`',
    'Invalid value for max_token',
    'The prompt contains an invalid special token',
    'invalid JSON: unexpected token }',
  ])('costs no account anything where the tokens are a model’s: %s', (text) => {
    expect(status(400, text)).toMatchObject({ outcome: 'invalid', next: 'return', hold: null });
  });

  it.each([
    'Invalid token',
    'invalid access_token',
    'The token is missing or invalid token',
    'expired credentials',
  ])('puts the account aside where they are its own: %s', (text) => {
    expect(status(400, text)).toMatchObject({ outcome: 'refused', hold: { scope: 'account' } });
  });

  it('402 and quota texts are no rate limits', () => {
    for (const failure of [status(402), status(429, 'insufficient_quota'), status(403, '账户余额不足')]) {
      expect(failure).toMatchObject({
        outcome: 'exhausted',
        next: 'other',
        hold: { scope: 'account', state: 'exhausted' },
      });
    }
  });

  it('403 holds the model on this account for half an hour', () => {
    expect(status(403, 'country not supported')).toMatchObject({
      next: 'other',
      hold: { scope: 'model', state: 'cooling', ms: hour / 2 },
    });
  });

  it.each([
    'Your chosen model requires moderation and your input was flagged for "violence". No credits were charged.',
    '{"error":{"code":403,"message":"No","metadata":{"reasons":["x"],"flagged_input":"y"}}}',
    'Request blocked by content policy',
  ])('403 for the words of one request holds nobody back: %s', (text) => {
    expect(status(403, text)).toMatchObject({ outcome: 'invalid', next: 'return', hold: null });
  });

  it('403 for an account that was flagged does', () => {
    expect(status(403, 'Your account has been flagged.')).toMatchObject({ outcome: 'refused' });
  });

  it('429 waits as long as it is told, else twice as long each time', () => {
    expect(status(429, 'slow down', { 'retry-after': '7' }).hold).toMatchObject({
      scope: 'model',
      state: 'cooling',
      ms: 7_000,
    });
    expect(status(429, 'x').hold?.ms).toBe(1_000);
    expect(status(429, 'x', {}, 3).hold?.ms).toBe(8_000);
    expect(status(429, 'x', {}, 40).hold?.ms).toBe(hour / 2);
    expect(status(429, 'x').breaks).toBe(false);
  });

  it('a daily limit waits for the end of the day', () => {
    expect(
      status(429, 'Rate limit reached for requests per day (RPD)', { 'retry-after': '1' }).hold?.ms,
    ).toBe(12 * hour);
  });

  it.each([500, 502, 503, 520, 529, 408])(
    '%i: once more, then another; it counts against the circuit',
    (code) => {
      expect(status(code)).toMatchObject({ outcome: 'server-error', next: 'same', breaks: true, hold: null });
    },
  );

  it('503 that asks for a longer pause is left alone', () => {
    expect(status(503, '', { 'retry-after': '30' })).toMatchObject({
      next: 'other',
      hold: { state: 'cooling', ms: 30_000 },
    });
  });

  it.each([504, 524])('%i is not tried again: it may have run', (code) => {
    expect(status(code)).toMatchObject({ outcome: 'timeout', next: 'stop' });
  });

  it('a redirect is no answer', () => {
    expect(status(302)).toMatchObject({ outcome: 'bad-answer', next: 'other' });
  });

  it('a relay that lacks a price for the model is passed by', () => {
    expect(status(400, 'model price not configured')).toMatchObject({ next: 'other', hold: null });
  });
});

describe('classifyBadAnswer', () => {
  const facts = { kind: 'openai', status: 200, headers: {}, now, dayEndsAt: now + hour, streak: 0 } as const;
  it('knows quota, rate limit and key in an error that came as a 200', () => {
    expect(classifyBadAnswer('You exceeded your current quota', facts).outcome).toBe('exhausted');
    expect(classifyBadAnswer('Rate limit reached, try again in 5s', facts)).toMatchObject({
      outcome: 'rate-limited',
      hold: { ms: 5_000 },
    });
    expect(classifyBadAnswer('Invalid API key', facts).outcome).toBe('refused');
    expect(classifyBadAnswer('the answer is empty', facts)).toMatchObject({
      outcome: 'bad-answer',
      next: 'other',
      breaks: true,
    });
  });
});

describe('classifyTransport', () => {
  const error = (code: string, wrap = false): Error => {
    const inner = Object.assign(new Error('boom'), { code });
    return wrap ? new TypeError('fetch failed', { cause: inner }) : inner;
  };
  it('speaks plainly and tries again, but not after a TLS fault', () => {
    expect(classifyTransport(error('ECONNREFUSED'))).toMatchObject({
      next: 'same',
      reason: 'connection refused: nothing listens there',
    });
    expect(classifyTransport(error('CERT_HAS_EXPIRED', true))).toMatchObject({
      next: 'other',
      reason: 'its TLS certificate has expired',
    });
  });
  it("knows what can't have arrived", () => {
    expect(neverArrived(error('ENOTFOUND', true))).toBe(true);
    expect(neverArrived(error('ECONNRESET'))).toBe(false);
  });
});
