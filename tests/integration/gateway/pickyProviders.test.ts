// Providers behind kind `openai` that want more than OpenAI does: clients that know nothing of it are answered all the same.
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPickyProvider, type PickyProvider } from '../../fakes/pickyProvider.ts';
import { createTestCore, type TestCore, testClientKey } from '../../fakes/testCore.ts';

const models = [
  ...['mistral-large-latest', 'deepseek-v4-pro', 'kimi-k2-thinking', 'qwen3-32b', 'qwq-plus'],
  'MiniMax-M3',
];

let provider: PickyProvider;
let gateway: TestCore;

beforeAll(async () => {
  provider = await createPickyProvider();
  gateway = await createTestCore({
    settings: {
      endpoints: [
        { id: 'picky', baseUrl: provider.url, models },
        {
          id: 'plain',
          baseUrl: provider.url,
          models: ['unused'],
          modelMapping: { unrepaired: 'mistral-large-latest' },
          options: { repairs: { roles: false } },
        },
      ],
    },
  });
});
afterAll(async () => {
  await gateway?.close();
  await provider?.close();
});
afterEach(() => provider.reset());

const anthropic = (): Anthropic =>
  new Anthropic({ apiKey: testClientKey, baseURL: gateway.origin, maxRetries: 0 });
const google = (): GoogleGenAI =>
  new GoogleGenAI({ apiKey: testClientKey, httpOptions: { baseUrl: gateway.origin } });

/** As another model answered it earlier in the conversation. */
const called: Anthropic.MessageParam[] = [
  { role: 'user', content: 'What is in a.txt?' },
  {
    role: 'assistant',
    content: [{ type: 'tool_use', id: 'toolu_01ABCDEFGHIJK', name: 'Read', input: { path: 'a.txt' } }],
  },
  {
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 'toolu_01ABCDEFGHIJK', content: 'hello' },
      { type: 'text', text: '<system-reminder>Be brief.</system-reminder>' },
    ],
  },
];

const rolesOf = (): string[] => provider.asked.at(-1)?.messages.map(({ role }) => role) ?? [];

describe('Mistral', () => {
  it('gets ids of nine letters and an answer behind results', async () => {
    const message = await anthropic().messages.create({
      model: 'mistral-large-latest',
      max_tokens: 100,
      messages: called,
    });
    expect(message.content).toEqual([{ type: 'text', text: 'All is well.' }]);
    expect(rolesOf()).toEqual(['user', 'assistant', 'tool', 'assistant', 'user']);
    const [, call, result] = provider.asked.at(-1)?.messages ?? [];
    expect(result?.tool_call_id).toBe(call?.tool_calls?.[0]?.id);
    const { attempts } = await gateway.record();
    expect(attempts.at(-1)?.repairs).toEqual([
      'rewrote ids of tool calls',
      'put an answer between tool results and the user',
    ]);
  });

  it('is asked so at once from then on, by any client', async () => {
    const response = await google().models.generateContent({
      model: 'mistral-large-latest',
      contents: [
        { role: 'user', parts: [{ text: 'Read both.' }] },
        {
          role: 'model',
          parts: [
            { functionCall: { name: 'read', args: { path: 'a' } } },
            { functionCall: { name: 'read', args: { path: 'b' } } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'read', response: { output: 'A' } } },
            { functionResponse: { name: 'read', response: { output: 'B' } } },
          ],
        },
      ],
    });
    expect(response.text).toBe('All is well.');
    expect(provider.asked).toHaveLength(1);
    const [, call, ...results] = provider.asked[0]?.messages ?? [];
    expect(results.map(({ tool_call_id, content }) => [tool_call_id, content])).toEqual(
      call?.tool_calls?.map(({ id }, at) => [id, 'AB'[at]]),
    );
  });

  it('says in its own words what it refuses where that repair is switched off', async () => {
    const error = await anthropic()
      .messages.create({ model: 'unrepaired', max_tokens: 100, messages: called })
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(error).toBeInstanceOf(Anthropic.BadRequestError);
    expect((error as Error).message).toContain('Tool call id was toolu_01ABCDEFGHIJK but must be');
  });
});

describe('reasoners that want their thoughts back', () => {
  it.each(['deepseek-v4-pro', 'kimi-k2-thinking'])(
    '%s is sent a blank for what nobody kept',
    async (model) => {
      const answer = await gateway.openai().chat.completions.create({
        model,
        messages: [
          { role: 'user', content: 'Read it.' },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'read', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'call_1', content: 'hello' },
          { role: 'assistant', content: 'It says hello.' },
          { role: 'user', content: 'Sure?' },
        ],
      });
      expect(answer.choices[0]?.message.content).toBe('All is well.');
      expect((await gateway.record()).attempts.at(-1)?.repairs).toEqual(['put a blank for missing thinking']);
    },
  );

  it('what was kept goes back as it was', async () => {
    provider.say({
      content: null,
      reasoning_content: 'Let me look.',
      tool_calls: [
        { id: 'Read:0', type: 'function', function: { name: 'Read', arguments: '{"path":"a.txt"}' } },
      ],
    });
    const first = await anthropic().messages.create({
      model: 'kimi-k2-thinking',
      max_tokens: 100,
      messages: called.slice(0, 1),
    });
    const use = first.content.find((block) => block.type === 'tool_use');
    expect(use).toMatchObject({ name: 'Read', input: { path: 'a.txt' } });
    // A client that keeps no thoughts.
    await anthropic().messages.create({
      model: 'kimi-k2-thinking',
      max_tokens: 100,
      messages: [
        ...called.slice(0, 1),
        { role: 'assistant', content: [use as Anthropic.ToolUseBlock] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: 'hello' }] },
      ],
    });
    expect(provider.asked.at(-1)?.messages[1]).toMatchObject({ reasoning_content: 'Let me look.' });
  });
});

describe('models that answer in streams alone', () => {
  it.each(['qwen3-32b', 'qwq-plus'])('%s answers whole to who asks so', async (model) => {
    provider.say({ reasoning_content: 'Hm.', content: 'All is very well.' });
    const body = { model, messages: [{ role: 'user' as const, content: 'Well?' }] };
    const answer = await gateway.openai().chat.completions.create(body);
    expect(answer.choices[0]?.message).toMatchObject({
      content: 'All is very well.',
      reasoning_content: 'Hm.',
    });
    expect(answer.usage).toMatchObject({ prompt_tokens: 12, completion_tokens: 5 });
    expect((await gateway.record()).attempts.map(({ repairs }) => repairs)).toEqual([
      [],
      ['asked for a stream'],
    ]);

    provider.reset();
    const message = await anthropic().messages.create({ ...body, max_tokens: 100 });
    expect(message.content).toEqual([{ type: 'text', text: 'All is well.' }]);
    expect(provider.asked).toHaveLength(1);
  });
});

describe('models that think in their text', () => {
  const thoughtful = '<think>\nThey greet me.\n</think>\n\nHello <b>you</b>!';
  const body = { model: 'MiniMax-M3', messages: [{ role: 'user' as const, content: 'Hello' }] };

  it('show their thoughts apart to clients of other dialects, and get them back as they wrote them', async () => {
    provider.say({ content: thoughtful });
    const message = await anthropic()
      .messages.stream({ ...body, max_tokens: 100 })
      .finalMessage();
    expect(message.content).toEqual([
      { type: 'thinking', thinking: 'They greet me.', signature: '' },
      { type: 'text', text: 'Hello <b>you</b>!' },
    ]);

    provider.say({ content: thoughtful });
    const response = await gateway.openai().responses.create({ model: body.model, input: 'Hello' });
    expect(response.output_text).toBe('Hello <b>you</b>!');

    await anthropic().messages.create({
      ...body,
      max_tokens: 100,
      messages: [
        ...body.messages,
        { role: 'assistant', content: message.content as Anthropic.ContentBlockParam[] },
        ...body.messages,
      ],
    });
    expect(provider.asked.at(-1)?.messages[1]).toEqual({ role: 'assistant', content: thoughtful });
  });

  it('reach a client of their own dialect untouched', async () => {
    provider.say({ content: thoughtful });
    const answer = await gateway.openai().chat.completions.create(body);
    expect(answer.choices[0]?.message.content).toBe(thoughtful);
  });
});
