// Bodies that look like JSON from afar: they are the caller's mistake, whatever way they take, and nothing stays held for them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore, testClientKey } from '../../fakes/testCore.ts';

let upstream: FakeUpstream;
let gateway: TestCore;

beforeAll(async () => {
  upstream = await createFakeUpstream();
  const account = { id: 'a', secret: 'broken-bodies-secret-1' };
  gateway = await createTestCore({
    settings: {
      endpoints: [
        { id: 'same', baseUrl: upstream.url, models: ['gpt-4o'], accounts: [account] },
        { id: 'other', kind: 'anthropic', baseUrl: upstream.url, models: ['claude'], accounts: [account] },
        {
          id: 'google',
          kind: 'gemini',
          baseUrl: upstream.url,
          models: ['gemini'],
          modelMapping: { 'any-*': '*' },
          limits: { concurrent: 1 },
          accounts: [account],
        },
      ],
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await upstream?.close();
});

async function ask(route: string, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${gateway.origin}${route}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${testClientKey}`, 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, text: await response.text() };
}

const said = (content: string): string => `[{"role":"user","content":${content}}]`;
const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const tools = (schema: string): string =>
  `[{"type":"function","function":{"name":"f","parameters":${schema}}}]`;

describe('a body that is no JSON inside', () => {
  it.each([
    ['a wrong escape in what is translated', `{"model":"claude","messages":${said('"a \\x b"')}}`],
    ['a control character in what is translated', `{"model":"claude","messages":${said('"a \u0001 b"')}}`],
    ['a wrong escape in a name', `{"mo\\del":1,"model":"gpt-4o","messages":[]}`],
    ['a wrong escape in the model', `{"model":"gpt\\x4o","messages":[]}`],
    ['a wrong escape beside include_usage', `{"model":"gpt-4o","stream_options":{"a":"\\x"},"messages":[]}`],
    [
      'a wrong escape in a cache key',
      `{"model":"gemini","prompt_cache_key":"\\x","messages":${said('"x"')}}`,
    ],
    [
      'a tool nested too deeply to take apart',
      `{"model":"claude","messages":${said('"x"')},"tools":${tools(deep(20_000))}}`,
    ],
    [
      'what passes through, nested as deeply',
      `{"model":"gpt-4o","messages":[],"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ],
  ])('%s', async (_name, body) => {
    const before = upstream.journal.entries.length;
    const { status, text } = await ask('/v1/chat/completions', body);
    expect(text).toContain('"invalid_json"');
    expect(status).toBe(400);
    expect(upstream.journal.entries.length).toBe(before);
  });

  it('says so in every dialect, and where tokens are counted', async () => {
    const broken = said('"\\x"');
    const count = await ask('/v1/messages/count_tokens', `{"model":"claude","messages":${broken}}`);
    expect([count.status, count.text]).toEqual([400, expect.stringContaining('invalid_request_error')]);
    const messages = await ask('/v1/messages', `{"model":"gpt-4o","max_tokens":9,"messages":${broken}}`);
    expect([messages.status, messages.text]).toEqual([400, expect.stringContaining('invalid_request_error')]);
    const gemini = await ask(
      '/v1beta/models/claude:generateContent',
      '{"contents":[{"parts":[{"text":"\\x"}]}]}',
    );
    expect([gemini.status, gemini.text]).toEqual([400, expect.stringContaining('INVALID_ARGUMENT')]);
  });

  it('a model named with half a character is refused, and holds no place of the account', async () => {
    const { status, text } = await ask(
      '/v1/chat/completions',
      `{"model":"any-\\ud800","messages":${said('"x"')}}`,
    );
    expect([status, text]).toEqual([400, expect.stringContaining('\\"model\\" must be')]);
    expect((await ask('/v1/chat/completions', `{"model":"gemini","messages":${said('"x"')}}`)).status).toBe(
      200,
    );
  });

  it('takes what is nested as deeply as requests may be', async () => {
    const body = `{"model":"claude","messages":${said('"x"')},"tools":${tools(deep(900))}}`;
    expect((await ask('/v1/chat/completions', body)).status).toBe(200);
  });
});
