// The strict fake upstream refuses what the real services refuse, in their words, and answers the rest.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { vectorOf } from '../../fakes/upstream/embeddings.ts';

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await createFakeUpstream({ keys: ['key-1'], strict: true, models: ['claude-x', 'gemini-3-x'] });
});
afterEach(() => upstream.reset());
afterAll(() => upstream.close());

const bearer = { authorization: 'Bearer key-1' };
const anthropic = { 'x-api-key': 'key-1', 'anthropic-version': '2023-06-01' };
const google = { 'x-goog-api-key': 'key-1' };
const azure = { 'api-key': 'key-1' };

const chat = '/v1/chat/completions';
const responses = '/v1/responses';
const messages = '/v1/messages';
const gemini = '/v1beta/models/gemini-3-x:generateContent';

type Body = Record<string, unknown>;

async function post(path: string, headers: Record<string, string>, body: Body) {
  const response = await fetch(`${upstream.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as Body };
}

const user = [{ role: 'user', content: 'hello' }];
const contents = [{ role: 'user', parts: [{ text: 'hello' }] }];
const thinking = { type: 'enabled', budget_tokens: 1024 };
const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} };
const toolResult = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'x' }] };
const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const called = (part: object) => [
  ...contents,
  { role: 'model', parts: [part] },
  { role: 'user', parts: [{ functionResponse: { name: 'f', response: { result: 'x' } } }] },
];
const call = { call_id: 'call_1', type: 'function_call', name: 'f', arguments: '{}' };
const output = { call_id: 'call_1', type: 'function_call_output', output: 'x' };

interface Case {
  readonly what: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Body;
  readonly says: RegExp;
}

const refused: readonly Case[] = [
  {
    what: 'a parameter nobody knows',
    path: chat,
    headers: bearer,
    body: { model: 'gpt-4o', messages: [{ role: 'user', content: [{ type: 'text', text: 'a', mark: 1 }] }] },
    says: /Unknown parameter: 'messages\[0\]\.content\[0\]\.mark'/,
  },
  {
    what: 'max_tokens for a model that thinks',
    path: chat,
    headers: bearer,
    body: { model: 'gpt-5-mini', messages: user, max_tokens: 5 },
    says: /Use 'max_completion_tokens' instead/,
  },
  {
    what: 'a call without its result',
    path: chat,
    headers: bearer,
    body: {
      model: 'gpt-4o',
      messages: [
        ...user,
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        ...user,
      ],
    },
    says: /did not have response messages: call_1/,
  },
  {
    what: 'thoughts sent back to OpenAI itself',
    path: '/openai/v1/chat/completions',
    headers: azure,
    body: { model: 'x', messages: [{ role: 'assistant', content: 'a', reasoning_content: 'b' }] },
    says: /Unknown parameter: 'messages\[0\]\.reasoning_content'/,
  },
  {
    what: 'a strict schema that is open',
    path: responses,
    headers: bearer,
    body: {
      model: 'x',
      input: 'hello',
      text: { format: { type: 'json_schema', name: 'n', strict: true, schema } },
    },
    says: /'additionalProperties' is required to be supplied and to be false/,
  },
  {
    what: 'a result without its call',
    path: responses,
    headers: bearer,
    body: { model: 'x', input: [output] },
    says: /No tool call found for function call output with call_id call_1/,
  },
  {
    what: 'thoughts that were not sealed here',
    path: responses,
    headers: bearer,
    body: {
      model: 'x',
      input: [{ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'forged' }, call, output],
    },
    says: /could not be verified/,
  },
  {
    what: 'an answer that was not stored',
    path: responses,
    headers: bearer,
    body: { model: 'x', input: 'go on', previous_response_id: 'resp_999' },
    says: /Previous response with id 'resp_999' not found/,
  },
  {
    what: 'a request without max_tokens',
    path: messages,
    headers: anthropic,
    body: { model: 'claude-x', messages: user },
    says: /max_tokens: Field required/,
  },
  {
    what: 'a field nobody knows',
    path: messages,
    headers: anthropic,
    body: { model: 'claude-x', max_tokens: 9, messages: user, context_management: {} },
    says: /context_management: Extra inputs are not permitted/,
  },
  {
    what: 'sampling that the newest version has dropped',
    path: messages,
    headers: { ...anthropic, 'anthropic-version': '2026-10-21' },
    body: { model: 'claude-x', max_tokens: 9, messages: user, temperature: 1 },
    says: /temperature: Extra inputs are not permitted/,
  },
  {
    what: 'a call without the thoughts before it',
    path: messages,
    headers: anthropic,
    body: {
      model: 'claude-x',
      max_tokens: 2048,
      thinking,
      messages: [...user, { role: 'assistant', content: [toolUse] }, toolResult],
    },
    says: /Expected `thinking` or `redacted_thinking`, but found `tool_use`/,
  },
  {
    what: 'thoughts whose signature is another',
    path: messages,
    headers: anthropic,
    body: {
      model: 'claude-x',
      max_tokens: 2048,
      thinking,
      messages: [
        ...user,
        { role: 'assistant', content: [{ type: 'thinking', thinking: 'a', signature: 'b' }, toolUse] },
        toolResult,
      ],
    },
    says: /messages\.1\.content\.0: Invalid `signature` in `thinking` block/,
  },
  {
    what: 'a keyword that Google has not',
    path: gemini,
    headers: google,
    body: {
      contents,
      tools: [{ functionDeclarations: [{ name: 'f', parameters: { type: 'OBJECT', $schema: 'x' } }] }],
    },
    says: /Unknown name \\"\$schema\\" at 'tools\[0\]\.functionDeclarations\[0\]\.parameters'/,
  },
  {
    what: 'a call without the signature of its thoughts',
    path: gemini,
    headers: google,
    body: { contents: called({ functionCall: { name: 'f', args: {} } }) },
    says: /missing a thought_signature/,
  },
  {
    what: 'a call whose signature is another',
    path: gemini,
    headers: google,
    body: { contents: called({ functionCall: { name: 'f', args: {} }, thoughtSignature: 'forged' }) },
    says: /Corrupted thought signature/,
  },
];

test.each(refused)('refuses $what ($path)', async ({ path, headers, body, says }) => {
  const answer = await post(path, headers, body);
  expect(answer.status).toBe(400);
  expect(answer.text).toMatch(says);
  expect(upstream.journal.last().violation).not.toBeNull();
  expect(upstream.journal.last().said).toBeNull();
});

test.each([
  { path: chat, headers: bearer, body: { model: 'gpt-4o', messages: user } },
  { path: responses, headers: bearer, body: { model: 'gpt-5', input: 'hello' } },
  { path: '/openai/deployments/d/chat/completions?api-version=x', headers: azure, body: { messages: user } },
  { path: '/openai/v1/responses', headers: azure, body: { model: 'x', input: 'hello' } },
  { path: messages, headers: anthropic, body: { model: 'claude-x', max_tokens: 9, messages: user } },
  { path: gemini, headers: google, body: { contents } },
])('answers at $path, and to nobody without a key', async ({ path, headers, body }) => {
  const answer = await post(path, headers, body);
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('fake says: hello');
  expect(upstream.journal.last()).toMatchObject({ violation: null, asked: { userText: 'hello' } });
  const versionAlone: Record<string, string> =
    'anthropic-version' in headers ? { 'anthropic-version': '2023-06-01' } : {};
  expect([400, 401]).toContain((await post(path, versionAlone, body)).status);
});

describe('beside conversations', () => {
  test('goes on from an answer it stored', async () => {
    const first = (await post(responses, bearer, { model: 'x', input: 'hello' })).json();
    const second = await post(responses, bearer, {
      model: 'x',
      previous_response_id: first.id,
      input: [{ type: 'item_reference', id: (first.output as Body[])[0]?.id }],
    });
    expect(second.text).toContain('fake says: hello');
  });

  test('streams Gemini without alt=sse as one array', async () => {
    const path = '/v1beta/models/gemini-3-x:streamGenerateContent';
    const chunks = JSON.parse((await post(path, google, { contents })).text) as unknown[];
    expect(chunks.length).toBeGreaterThan(2);
  });

  test('counts, embeds and lists in each dialect', async () => {
    const counted = await post(`${messages}/count_tokens`, anthropic, { model: 'claude-x', messages: user });
    expect(counted.json()).toEqual({ input_tokens: 2 });
    const total = await post('/v1beta/models/gemini-3-x:countTokens', google, { contents });
    expect(total.json()).toMatchObject({ totalTokens: 2 });
    const request = { model: 'models/e', content: { parts: [{ text: 'abc' }] } };
    const vectors = await post('/v1beta/models/e:batchEmbedContents', google, { requests: [request] });
    expect(vectors.json()).toEqual({ embeddings: [{ values: vectorOf('abc') }] });
    const get = async (path: string, headers: Record<string, string>) =>
      (await (await fetch(`${upstream.origin}${path}`, { headers })).json()) as Body;
    expect(await get('/v1beta/models', google)).toMatchObject({ models: [{ name: 'models/claude-x' }, {}] });
    expect(await get('/v1/models', anthropic)).toMatchObject({ has_more: false, first_id: 'claude-x' });
    expect(await get('/v1/models', bearer)).toMatchObject({ object: 'list' });
  });

  test.each([
    {
      path: messages,
      headers: anthropic,
      body: { messages: user },
      says: /"overloaded_error"/,
      fault: '529',
    },
    { path: gemini, headers: google, body: { contents }, says: /"retryDelay":"7s"/, fault: '429:7' },
    { path: chat, headers: bearer, body: { messages: user }, says: /"rate_limit_exceeded"/, fault: '429:7' },
  ])('fails with $fault in the words of $path', async ({ path, headers, body, says, fault }) => {
    upstream.script(fault);
    const answer = await post(path, headers, body);
    expect(String(answer.status)).toBe(fault.slice(0, 3));
    expect(answer.text).toMatch(says);
  });
});
