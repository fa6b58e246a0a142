// Agents with tools told in words: rounds of several calls, answers made again, histories edited, two windows that begin alike.
import type Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exampleEndpoint } from '../../fakes/ondemand/exampleEndpoint.ts';
import { createBench, model, type OndemandBench, user } from './bench.ts';

let bench: OndemandBench;

/** What a model that knows the form does: reads what it is asked for, and reports what it was shown. */
function reply(query: string): string | null {
  const shown = [...query.matchAll(/<tool_result name="Read"[^>]*>\n([\s\S]*?)\n<\/tool_result>/g)];
  if (shown.length > 0) return `They say: ${shown.map(([, text]) => text).join(' and ')}.`;
  const wanted = /Please read ([\w., ]+?)\.?$/.exec(query)?.[1]?.split(', ');
  if (!wanted) return null;
  const calls = wanted.map((path) => `<run_tool name="Read">{"path": "${path}"}</run_tool>`);
  return `I look.\n\n${calls.join('\n')}`;
}

beforeAll(async () => {
  bench = await createBench({ emulator: { reply: ({ query }) => reply(query) } });
  const { options } = exampleEndpoint(bench.emulator);
  await bench.gateway.control.endpoints.update({
    id: 'ondemand',
    patch: { options: { ...options, promptTools: true } },
  });
});
afterAll(() => bench?.close());
afterEach(() => bench.reset());

const files: Readonly<Record<string, string>> = { 'a.txt': 'alpha', 'b.txt': 'beta', 'c.txt': 'gamma' };
const Read: Anthropic.Tool = {
  name: 'Read',
  description: 'Reads a file.',
  input_schema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
};

/** Another line at the head of the system prompt in each request, as Claude Code has it. */
let request = 0;
const system = (): Anthropic.TextBlockParam[] => [
  { type: 'text', text: `x-anthropic-billing-header: cc_version=2.1.177; cch=${++request};` },
  { type: 'text', text: 'You are an agent.' },
];

/** Asks until no tool is called any more. Returns the whole conversation. */
async function work(before: Anthropic.MessageParam[], words: string): Promise<Anthropic.MessageParam[]> {
  const messages: Anthropic.MessageParam[] = [...before, { role: 'user', content: words }];
  for (let round = 0; round < 5; round++) {
    const stream = bench
      .anthropic()
      .messages.stream({ model, max_tokens: 500, system: system(), tools: [Read], messages });
    const { content } = await stream.finalMessage();
    messages.push({ role: 'assistant', content: content as Anthropic.ContentBlockParam[] });
    const calls = content.filter((block) => block.type === 'tool_use');
    if (calls.length === 0) return messages;
    messages.push({
      role: 'user',
      content: calls.map(({ id, input }) => ({
        type: 'tool_result',
        tool_use_id: id,
        content: files[(input as { path: string }).path] ?? 'no such file',
      })),
    });
  }
  throw new Error('the agent never came to an end');
}

const lastText = (messages: Anthropic.MessageParam[]): string => {
  const content = messages.at(-1)?.content;
  return Array.isArray(content)
    ? content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    : '';
};
const times = (marker: string): number[] => bench.emulator.toldTo(marker).map((told) => told.times);

describe('rounds of tools', () => {
  it('go on in one session that hears each word once, whatever Claude Code writes above', async () => {
    let messages = await work([], 'Please read a.txt, b.txt.');
    expect(lastText(messages)).toBe('They say: alpha and beta.');
    messages = await work(messages, 'Please read c.txt.');
    expect(lastText(messages)).toBe('They say: gamma.');
    expect(bench.emulator.sessions).toHaveLength(1);
    for (const marker of ['You are an agent.', 'Reads a file.', 'alpha', 'beta', 'gamma'])
      expect([marker, times(marker)]).toEqual([marker, [1]]);
    expect(times('x-anthropic-billing-header')).toEqual([]);
  });

  it('an answer made again, and a round with another result, are told to sessions of their own', async () => {
    const messages = await work([], 'Please read a.txt.');
    // Regenerate: the history up to the results, once more.
    const again = messages.slice(0, 3);
    const answer = await bench
      .anthropic()
      .messages.create({ model, max_tokens: 500, system: system(), tools: [Read], messages: again });
    expect(answer.content).toMatchObject([{ type: 'text', text: 'They say: alpha.' }]);
    const [, called] = messages;
    const use = Array.isArray(called?.content)
      ? called.content.find(({ type }) => type === 'tool_use')
      : null;
    const edited: Anthropic.MessageParam = {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: (use as Anthropic.ToolUseBlockParam).id, content: 'omega' },
      ],
    };
    const other = await bench.anthropic().messages.create({
      model,
      max_tokens: 500,
      system: system(),
      tools: [Read],
      messages: [...messages.slice(0, 2), edited],
    });
    expect(other.content).toMatchObject([{ type: 'text', text: 'They say: omega.' }]);
    expect(bench.emulator.sessions).toHaveLength(3);
    expect(bench.emulator.sessions.map(({ turns }) => turns.length).sort()).toEqual([1, 1, 2]);
    expect(times('alpha')).toEqual([1, 1]);
    expect(times('omega')).toEqual([1]);
  });
});

it('two windows of one client that begin alike hear nothing of each other', async () => {
  const begin = user('Hello there');
  const [left, right] = await Promise.all([bench.chat([begin]), bench.stream([begin])]);
  expect(left).toBe(right);
  const start = [begin, { role: 'assistant' as const, content: left }];
  const [one, two] = await Promise.all([
    bench.chat([...start, user('The word is osprey. What was the word?')]),
    bench.stream([...start, user('The word is kestrel. What was the word?')]),
  ]);
  expect([one, two]).toEqual(['The word was “osprey”.', 'The word was “kestrel”.']);
  for (const { turns } of bench.emulator.sessions) {
    const told = turns.map(({ query }) => query).join('\n');
    expect(told.includes('osprey') && told.includes('kestrel')).toBe(false);
  }
});
