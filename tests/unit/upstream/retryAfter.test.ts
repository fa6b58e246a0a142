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
