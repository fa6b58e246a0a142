// What providers behind OpenAI's protocol are known to say of histories and streams that are not to their liking.
import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../main/protocol/dialect.ts';
import { readEnvelope } from '../../../main/protocol/jsonEnvelope.ts';
import { findQuirks } from '../../../main/upstream/findQuirk.ts';
import type { Quirk } from '../../../main/upstream/quirk.ts';
import { createQuirks } from '../../../main/upstream/quirks.ts';
import { draftOfEnvelope } from '../../../main/upstream/repair/bodyDraft.ts';
import { repairBody } from '../../../main/upstream/repair/repairBody.ts';

const refused = (message: string): string =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } });

it.each<[DialectName, string, Quirk[]]>([
  [
    'chat',
    'Missing `reasoning_content` field in the assistant message at message index 2. For more information, please refer to https://api-docs.deepseek.com/guides/thinking_mode#tool-calls',
    ['wants-thinking'],
  ],
  [
    'chat',
    'The `reasoning_content` in the thinking mode must be passed back to the API.',
    ['wants-thinking'],
  ],
  ['chat', 'messages with tool_calls must include reasoning_content', ['wants-thinking']],
  [
    'chat',
    'thinking is enabled but reasoning_content is missing in assistant tool call message at index 2',
    ['wants-thinking'],
  ],
  [
    'messages',
    'The `content[].thinking` in the thinking mode must be passed back to the API.',
    ['wants-thinking'],
  ],
  [
    'chat',
    "property 'reasoning_content' is unsupported for messages of role assistant",
    ['no-thinking-replay'],
  ],
  [
    'chat',
    'Tool call id was call_0fypS1hVX but must be a-z, A-Z, 0-9, with a length of 9.',
    ['nine-letter-ids'],
  ],
  ['chat', "Unexpected role 'user' after role 'tool'", ['answer-after-results']],
  ['chat', "Unexpected role 'system' after role 'user'", ['merge-roles']],
  ['chat', "Unexpected role 'system'", ['no-system-role']],
  ['chat', 'parameter.enable_thinking must be set to false for non-streaming calls', ['stream-only']],
  ['chat', 'enable thinking can not be support when `stream=False`.', ['stream-only']],
  [
    'chat',
    'This model only support stream mode, please enable the stream parameter to access the model. ',
    ['stream-only'],
  ],
  ['responses', 'Stream must be set to true', ['stream-only']],
  [
    'chat',
    "Invalid 'tools[2].function.description': string too long. Expected a string with maximum length 1024, but got a string with length 4394 instead.",
    ['short-descriptions:1024'],
  ],
  [
    'chat',
    "Unsupported value: 'stream' does not support true with this model. Only the default (false) value is supported.",
    [],
  ],
])('%s: %s', (dialect, message, found) => {
  expect(findQuirks(refused(message), { dialect, known: new Set() })).toEqual(found);
});

it('an upstream that wants thinking is no longer one that refuses it', () => {
  const quirks = createQuirks();
  quirks.learn('e', 'm', 'no-thinking-replay');
  quirks.learn('e', 'm', 'wants-thinking');
  expect([...quirks.of('e', 'm')]).toEqual(['wants-thinking']);
});

describe('the request is mended', () => {
  function repaired(dialect: DialectName, body: object, ...quirks: Quirk[]) {
    const text = Buffer.from(JSON.stringify(body));
    const draft = draftOfEnvelope(readEnvelope(text, { model: 'm', stream: false }));
    repairBody(draft, dialect, new Set(quirks));
    return { body: JSON.parse(draft.finish().toString()) as unknown, repairs: draft.repairs };
  }

  const user = { role: 'user', content: 'u' };
  const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });
  const calls = (...ids: string[]) => ({ role: 'assistant', content: null, tool_calls: ids.map(call) });
  const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'r' });

  it('by ids that differ where they differed, and stay where they are taken', () => {
    const messages = [user, calls('call_1', 'abcDEF123'), result('call_1'), result('abcDEF123')];
    const { body } = repaired('chat', { messages }, 'nine-letter-ids');
    const [, asked, first, second] = (body as { messages: Record<string, unknown>[] }).messages;
    const ids = ((asked?.tool_calls ?? []) as { id: string }[]).map(({ id }) => id);
    expect(ids[0]).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(ids[1]).toBe('abcDEF123');
    expect([first?.tool_call_id, second?.tool_call_id]).toEqual(ids);
    const settled = repaired('chat', body as object, 'nine-letter-ids');
    expect(settled).toEqual({ body, repairs: [] });
  });

  it('by an answer where the user speaks behind results', () => {
    const before = [user, calls('a'), result('a')];
    const { body } = repaired('chat', { messages: [...before, user] }, 'answer-after-results');
    const { messages } = body as { messages: unknown[] };
    expect(messages).toEqual([...before, { role: 'assistant', content: expect.stringMatching(/\S/) }, user]);
    expect(repaired('chat', { messages }, 'answer-after-results').repairs).toEqual([]);
    expect(repaired('chat', { messages: before }, 'answer-after-results').repairs).toEqual([]);
  });

  it('by a blank for thoughts that are missing alone', () => {
    const kept = { role: 'assistant', content: 'a', reasoning_content: 'because' };
    const routed = { role: 'assistant', content: 'a', reasoning: 'because' };
    const bare = { role: 'assistant', content: 'a' };
    const { body } = repaired('chat', { messages: [user, kept, user, routed, user, bare] }, 'wants-thinking');
    expect((body as { messages: unknown }).messages).toEqual([
      user,
      kept,
      user,
      { ...routed, reasoning_content: 'because' },
      user,
      { ...bare, reasoning_content: ' ' },
    ]);
    expect(repaired('chat', body as object, 'wants-thinking').repairs).toEqual([]);
    const blocks = repaired('messages', { messages: [user, bare] }, 'wants-thinking').body;
    expect((blocks as { messages: unknown[] }).messages[1]).toEqual({
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: ' ', signature: '' },
        { type: 'text', text: 'a' },
      ],
    });
  });

  it('by shorter descriptions, whose whole is told above the conversation', () => {
    const long = `Runs a command. ${'🙂 Be careful. '.repeat(100)}The end.`;
    const fn = (name: string, description: string) => ({ type: 'function', function: { name, description } });
    const tools = [fn('bash', long), fn('read', 'Reads.')];
    const quirk = 'short-descriptions:1024';
    const messages = [{ role: 'system', content: 's' }, user];
    const chat = repaired('chat', { messages, tools }, quirk).body as {
      messages: { role: string; content: string }[];
      tools: ReturnType<typeof fn>[];
    };
    expect(chat.messages.map(({ role }) => role)).toEqual(['system', 'system', 'user']);
    expect(chat.messages[1]?.content).toContain(`"bash":\n${long}`);
    const shown = chat.tools[0]?.function.description ?? '';
    expect(shown.length).toBeLessThanOrEqual(1024);
    expect(shown.isWellFormed()).toBe(true);
    expect(shown).toMatch(/^Runs a command\./);
    expect(chat.tools[1]).toEqual(tools[1]);
    expect(repaired('chat', chat, quirk).repairs).toEqual([]);
    const flat = [{ type: 'function', name: 'bash', description: long }];
    const { body } = repaired('responses', { input: 'u', instructions: 's', tools: flat }, quirk);
    expect(body).toMatchObject({ instructions: expect.stringContaining(long), tools: [{ name: 'bash' }] });
  });

  it('by asking for a stream, with its count where that is known', () => {
    expect(repaired('chat', { messages: [user] }, 'stream-only').body).toEqual({
      messages: [user],
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(repaired('chat', { messages: [user] }, 'no-stream-options', 'stream-only').body).toEqual({
      messages: [user],
      stream: true,
    });
    expect(repaired('chat', { messages: [user], stream: true }, 'stream-only').repairs).toEqual([]);
    expect(repaired('chat', { prompt: 'u' }, 'stream-only').repairs).toEqual([]);
  });
});
