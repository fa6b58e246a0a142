import { describe, expect, it } from 'vitest';
import { ondemandModels } from '../../../../main/contract/ondemandModels.ts';
import { conversations, operationsByPath } from '../../../../main/protocol/operation.ts';
import { mappingOf } from '../../../../main/registry/mappingOf.ts';
import { classifyBadAnswer, classifyStatus } from '../../../../main/upstream/classifyFailure.ts';
import { modelsToTry } from '../../../../main/upstream/modelsToTry.ts';
import { ondemandBases } from '../../../../main/upstream/ondemand/ondemandBases.ts';
import { ondemandDriver } from '../../../../main/upstream/ondemand/ondemandDriver.ts';
import { accountOf, endpointOf } from '../calls.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('addresses', () => {
  const own = {
    chat: 'https://api.on-demand.io/chat/v1',
    auth: 'https://gateway.on-demand.io',
    config: 'https://api.on-demand.io',
    media: 'https://api.on-demand.io',
  };
  it.each([
    'https://api.on-demand.io',
    'https://api.on-demand.io/',
    'https://api.on-demand.io/v1',
    'https://api.on-demand.io/chat/v1',
    'https://api.on-demand.io/chat/v1/client/',
    'https://api.on-demand.io/chat/v1/sessions',
  ])('%s is the default', (baseUrl) => {
    expect(ondemandBases({ baseUrl, options: {} })).toEqual(own);
  });

  it('another server does it all, below its own path for chat', () => {
    expect(ondemandBases({ baseUrl: 'http://localhost:8283/od/chat/v1', options: {} })).toEqual({
      chat: 'http://localhost:8283/od/chat/v1',
      auth: 'http://localhost:8283',
      config: 'http://localhost:8283',
      media: 'http://localhost:8283',
    });
  });

  it('options come first, with or without their own paths', () => {
    const options = {
      authBaseUrl: 'https://auth.test/v1/auth/user/signin',
      configBaseUrl: 'https://config.test/config/v1/public/endpoints',
      mediaBaseUrl: 'https://media.test/x/media/v1/',
    };
    expect(ondemandBases({ baseUrl: 'https://api.on-demand.io', options })).toEqual({
      chat: own.chat,
      auth: 'https://auth.test',
      config: 'https://config.test',
      media: 'https://media.test/x',
    });
  });
});

describe('operations', () => {
  it('conversations of every dialect, and nothing else', () => {
    for (const operation of Object.values(conversations)) {
      expect(ondemandDriver.unsupported(operation)).toBeNull();
      expect(ondemandDriver.dialectFor(operation.dialect, endpointOf('http://x'), 'm')).toBe('ondemand');
    }
    const others = Object.entries(operationsByPath).filter(
      ([path]) => !['chat/completions', 'responses', 'messages'].includes(path),
    );
    for (const [path, operation] of others)
      expect(ondemandDriver.unsupported(operation), path).toContain('on-demand.io');
  });
});

describe('the model list', () => {
  const rows = [
    {
      endpoint_id: 'predefined-a',
      endpoint_name: 'A',
      status: 'active',
      context_length: 128_000,
      reasoning_efforts: ['low'],
    },
    { endpoint_id: 'predefined-b', status: 'inactive' },
    { endpoint_id: 'byoi-1', status: 'Active', context_length: null, reasoning_efforts: [] },
    { endpoint_id: '', status: 'active' },
    { name: 'no id' },
    null,
  ];
  it.each([
    ['a bare list', rows],
    ['data', { data: rows }],
    ['endpoints', { endpoints: rows }],
    ['both', { message: 'ok', data: { endpoints: rows } }],
  ])('in %s: what is active', (_, answer) => {
    const listed = ondemandDriver.readModelList(Buffer.from(JSON.stringify(answer)));
    expect(listed.map(({ id }) => id)).toEqual(['predefined-a', 'byoi-1']);
    expect(listed[0]).toMatchObject({ name: 'A', contextTokens: 128_000 });
    expect(listed[0]?.supportedParameters).toContain('reasoning');
    expect(listed[1]).toMatchObject({ contextTokens: null, supportedParameters: null });
  });

  it('no list is an error', () => {
    for (const answer of ['{}', '{"data":{}}', '"x"', '<html>'])
      expect(() => ondemandDriver.readModelList(Buffer.from(answer))).toThrow();
  });

  it('is asked with the key; a password is never sent as one', () => {
    const endpoint = endpointOf('http://x', { kind: 'ondemand', headers: { 'X-Own': 'yes' } });
    expect(ondemandDriver.buildModelList(endpoint, accountOf('k'))).toMatchObject({
      url: 'http://x/config/v1/public/endpoints',
      headers: { apikey: 'k', 'x-own': 'yes' },
    });
    const built = ondemandDriver.buildModelList(endpoint, { ...accountOf('pw'), email: 'a@b' });
    expect(JSON.stringify(built)).not.toContain('pw');
  });
});

describe('names', () => {
  const plain = { kind: 'ondemand' as const, models: [], modelMapping: {} };
  it('are those of the table where the endpoint has none of its own', () => {
    expect(mappingOf(plain)).toMatchObject({
      'gpt-4o': 'predefined-openai-gpt4o',
      'gpt-5.6-luna': 'predefined-gpt-5.6-luna',
    });
    expect(mappingOf({ ...plain, models: ['predefined-x'] })).toEqual({});
    expect(mappingOf({ ...plain, models: ['!gpt-*'] })).not.toHaveProperty('gpt-5');
    expect(Object.keys(mappingOf({ ...plain, models: ['!gpt-*'] })).length).toBeGreaterThan(3);
    expect(mappingOf({ ...plain, modelMapping: { a: 'b' } })).toEqual({ a: 'b' });
    expect(mappingOf({ ...plain, kind: 'openai' })).toEqual({});
  });

  it('to try an account by: what is active, else a few of those that lately were', () => {
    const endpoint = endpointOf('http://x', { kind: 'ondemand', modelMapping: mappingOf(plain) });
    expect(modelsToTry(endpoint, ['predefined-z', 'predefined-kimi-k3'])).toEqual(['predefined-kimi-k3']);
    expect(modelsToTry(endpoint, ['predefined-z'])).toEqual(['predefined-z']);
    const blind = modelsToTry(endpoint, []);
    expect(blind.length).toBeGreaterThan(1);
    const active = new Set(ondemandModels.filter((row) => row.active).map((row) => row.endpointId));
    expect(blind.every((id) => active.has(id))).toBe(true);
  });
});

describe('what refusals mean', () => {
  const judge = (
    status: number,
    errorCode: string | null,
    message: string,
    headers: Record<string, string> = {},
  ) =>
    classifyStatus({
      kind: 'ondemand',
      status,
      headers,
      message,
      text: JSON.stringify(errorCode === null ? { message } : { errorCode, message }),
      now: 0,
      dayEndsAt: 12 * hour,
      streak: 3,
    });

  it('a limit cools the whole account: as long as it says, else five minutes', () => {
    const cooling = (ms: number) => ({
      outcome: 'rate-limited',
      next: 'other',
      hold: { scope: 'account', state: 'cooling', ms },
    });
    expect(judge(429, 'rate_limit_exceeded', 'Rate limit exceeded')).toMatchObject(cooling(300_000));
    expect(judge(429, null, 'x', { 'retry-after': '7' })).toMatchObject(cooling(7_000));
  });

  it.each([
    [403, 'content_policy_violation', 'The request violates the content policy'],
    [400, 'invalid_request', 'reasoningEffort must be one of low, medium, max'],
    [400, 'context_length_exceeded', 'Model context length exceeded'],
    [400, null, 'One or more agents are invalid: agent-1'],
  ])("%i %s is the caller's", (status, code, message) => {
    expect(judge(status, code, message)).toMatchObject({
      outcome: 'invalid',
      next: 'return',
      hold: null,
      breaks: false,
    });
  });

  it.each([
    'endpointId predefined-openai-gpt4.1 is not active',
    'endpointId predefined-gpt-5.6-sol-medium is not active',
    'endpointId xyz not found',
    'Endpoint is inactive',
  ])('%s: the model is missing there', (message) => {
    expect(judge(400, 'invalid_request', message)).toMatchObject({
      outcome: 'model-missing',
      next: 'other',
      hold: { scope: 'model', state: 'missing' },
    });
  });

  it('a missing endpointId is no missing model', () => {
    expect(judge(400, 'invalid_request', 'endpointId is required').outcome).toBe('invalid');
  });

  it('a stumble holds the account for minutes, a wrong key for a day', () => {
    const of = (ms: number) => ({
      outcome: 'refused',
      next: 'other',
      hold: { scope: 'account', state: 'refused', ms },
    });
    expect(judge(401, 'unauthenticated', 'Unauthorized')).toMatchObject(of(10 * minute));
    expect(judge(403, 'unauthorized', 'Unauthorized')).toMatchObject(of(10 * minute));
    expect(judge(401, 'unauthenticated', 'Invalid API Key')).toMatchObject(of(24 * hour));
    expect(judge(401, 'sign_in_refused', 'the e-mail or the password is wrong')).toMatchObject(of(24 * hour));
  });

  it.each([500, 502, 503, 504, 520, 524])('%i is tried once more', (status) => {
    expect(judge(status, null, 'x')).toMatchObject({ next: 'same', breaks: true });
  });

  it("a path or session that is not there is not the caller's fault", () => {
    expect(judge(404, null, 'no Route matched with those values')).toMatchObject({
      next: 'other',
      breaks: true,
    });
    expect(judge(404, 'not_found', 'Resource not found')).toMatchObject({ next: 'other', hold: null });
  });

  it('what comes in the stream before any answer is judged alike', () => {
    const facts = { kind: 'ondemand', status: 200, headers: {}, now: 0, dayEndsAt: hour, streak: 0 } as const;
    expect(classifyBadAnswer('Model context length exceeded', facts)).toMatchObject({
      outcome: 'invalid',
      next: 'return',
      hold: null,
    });
    expect(classifyBadAnswer('Refused (content_policy_violation)', facts)).toMatchObject({
      outcome: 'invalid',
      next: 'return',
      breaks: false,
    });
    expect(classifyBadAnswer('Rate limit exceeded', facts)).toMatchObject({
      hold: { scope: 'account', ms: 300_000 },
    });
    expect(classifyBadAnswer('Internal server error', facts)).toMatchObject({
      outcome: 'bad-answer',
      next: 'other',
    });
  });
});
