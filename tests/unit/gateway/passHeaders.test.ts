import { describe, expect, it } from 'vitest';
import { headersToClient, headersToUpstream } from '../../../main/gateway/passHeaders.ts';

describe('to the upstream', () => {
  it('lets through what a maker’s versions and betas are asked with, and no credential', () => {
    const passed = {
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'a,b',
      'openai-beta': 'x',
      accept: '*/*',
    };
    expect(
      headersToUpstream({
        ...passed,
        ...{
          authorization: 'Bearer k',
          'x-api-key': 'k',
          'api-key': 'k',
          'x-goog-api-key': 'k',
          cookie: 'c',
        },
        ...{ host: 'h', 'anthropic-dangerous-direct-browser-access': 'true', 'x-title': '' },
      }),
    ).toEqual(passed);
  });
});

describe('to the client', () => {
  it('lets through limits and the upstream’s own id', () => {
    const passed = {
      'content-type': 'application/json',
      'request-id': 'req_1',
      'anthropic-ratelimit-requests-remaining': '9',
      'anthropic-ratelimit-unified-5h-status': 'allowed',
      'x-ratelimit-remaining-tokens': '5',
    };
    expect(
      headersToClient({
        ...passed,
        ...{ 'set-cookie': 'c', 'access-control-allow-origin': '*', 'content-length': '3', server: 's' },
        ...{
          'anthropic-organization-id': 'o',
          'x-ratelimit-limit': ['1', '2'],
          'transfer-encoding': 'chunked',
        },
      }),
    ).toEqual(passed);
  });
});
