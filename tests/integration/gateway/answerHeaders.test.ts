// Section 5 of the contract: every answer of the gateway says who answered, also one that nobody answered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore, testClientKey } from '../../fakes/testCore.ts';

let works: FakeUpstream;
let fails: FakeUpstream;
let gateway: TestCore;

beforeAll(async () => {
  works = await createFakeUpstream();
  fails = await createFakeUpstream();
  gateway = await createTestCore({
    settings: {
      endpoints: [
        { id: 'works', baseUrl: works.url, models: ['gpt-4o'] },
        { id: 'fails', baseUrl: fails.url, models: ['broken', 'refused'], modelMapping: { 模型: 'broken' } },
        { id: 'off', baseUrl: works.url, models: ['idle'], enabled: false },
      ],
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await works?.close();
  await fails?.close();
});

const nobody = { endpoint: '-', account: '-', model: '-', attempts: '0' };

async function askedBy(path: string, body: object | null, headers: Record<string, string> = {}) {
  const answer = await fetch(`${gateway.origin}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${testClientKey}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  await answer.arrayBuffer();
  const told = (name: string) => answer.headers.get(`x-sluice-${name}`);
  return {
    status: answer.status,
    id: answer.headers.get('x-request-id'),
    endpoint: told('endpoint'),
    account: told('account'),
    model: told('model'),
    attempts: told('attempts'),
  };
}

const chat = (model: string) => ({ model, messages: [{ role: 'user', content: 'hi' }] });
const id = expect.stringMatching(/^req_/);

describe('who answered', () => {
  it('stands on an answer, whole or streamed', async () => {
    const said = { id, status: 200, endpoint: 'works', model: 'gpt-4o', attempts: '1' };
    expect(await askedBy('/v1/chat/completions', chat('gpt-4o'))).toMatchObject(said);
    expect(await askedBy('/v1/chat/completions', { ...chat('gpt-4o'), stream: true })).toMatchObject(said);
  });

  it.each([
    ['a list', '/v1/models', null, {}, 200],
    ['a model', '/v1/models/gpt-4o', null, {}, 200],
    ['the status', '/v1/status', null, {}, 200],
    ['the health', '/health', null, {}, 200],
    ['the pool', '/', null, {}, 200],
    ['a count of the gateway’s own', '/v1/messages/count_tokens', chat('gpt-4o'), {}, 200],
    ['an unknown route', '/v1/nothing', null, {}, 404],
    ['an unknown key', '/v1/chat/completions', chat('gpt-4o'), { authorization: 'Bearer no' }, 401],
    ['an unknown model', '/v1/chat/completions', chat('none'), {}, 404],
    ['a model that nobody serves now', '/v1/chat/completions', chat('idle'), {}, 503],
    ['another site', '/v1/chat/completions', chat('gpt-4o'), { origin: 'https://evil.test' }, 403],
    ['a WebSocket', '/v1/responses', null, {}, 426],
  ])('nobody: %s', async (_name, path, body, headers, status) => {
    expect(await askedBy(path, body, headers)).toEqual({ status, id, ...nobody });
  });

  it('names whom was asked last where it is an error', async () => {
    fails.set({}, '500');
    expect(await askedBy('/v1/chat/completions', chat('模型'))).toMatchObject({
      status: 502,
      id,
      endpoint: 'fails',
      account: expect.stringMatching(/\w/),
      model: 'broken',
      attempts: expect.stringMatching(/^[1-9]$/),
    });
    fails.set({}, '400');
    expect(await askedBy('/v1/chat/completions', chat('refused'))).toMatchObject({
      status: 400,
      endpoint: 'fails',
      model: 'refused',
    });
  });
});
