import { describe, expect, it } from 'vitest';
import { readRetryAfter } from '../../../main/upstream/retryAfter.ts';

const now = Date.UTC(2026, 5, 15, 12);
const day = 86_400_000;

describe('readRetryAfter', () => {
  it.each([
    [{ 'retry-after': '7' }, '', 7_000],
    [{ 'retry-after': '1.5' }, '', 1_500],
    [{ 'retry-after': new Date(now + 30_000).toUTCString() }, '', 30_000],
    [{ 'retry-after': new Date(now - 30_000).toUTCString() }, '', null],
    [{ 'retry-after': '-1' }, '', null],
    [{ 'retry-after': 'abc' }, '', null],
    [{ 'retry-after': '' }, '', null],
    [{ 'retry-after': '999999999' }, '', day],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, '', 250],
    [{ 'x-ms-retry-after-ms': '1200' }, '', 1_200],
    [{ 'x-ratelimit-reset-requests': '6m0s' }, '', 360_000],
    [{ 'x-ratelimit-reset-tokens': '20ms' }, '', 20],
    [{ 'x-ratelimit-reset-requests': '12' }, '', 12_000],
    [{ 'x-ratelimit-reset': String(now / 1_000 + 40) }, '', 40_000],
    [{ 'x-ratelimit-reset': String(now + 5_000) }, '', 5_000],
    [
      {
        'x-ratelimit-remaining-requests': '59',
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      '',
      360_000,
    ],
    [
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': new Date(now + 20_000).toISOString(),
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': new Date(now + 45_000).toISOString(),
        'anthropic-ratelimit-output-tokens-remaining': '8000',
        'anthropic-ratelimit-output-tokens-reset': new Date(now + 60_000).toISOString(),
      },
      '',
      45_000,
    ],
    [{ 'anthropic-ratelimit-unified-reset': String(now / 1_000 + 90) }, '', 90_000],
    [{ 'anthropic-ratelimit-requests-reset': new Date(now - 1_000).toISOString() }, '', null],
    [{ 'retry-after': '3', 'anthropic-ratelimit-unified-reset': String(now / 1_000 + 90) }, '', 3_000],
    [{}, 'Quota exceeded. Please retry in 20.04466179s.', 20_044.66179],
    [{}, 'Rate limit reached. Please try again in 2.5s.', 2_500],
    [{}, 'please retry after 3 minutes', 180_000],
    [{}, 'Please wait for 40 seconds before retrying', 40_000],
    [{}, '{"error":{"details":[{"retryDelay":"12s"}]}}', 12_000],
    [{}, 'try again in 90ms', 90],
    [{}, 'something else entirely', null],
  ])('%j %s -> %s', (headers, text, expected) => {
    expect(readRetryAfter(headers, text, now)).toBe(expected);
  });
});
