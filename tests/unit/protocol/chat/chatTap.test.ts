import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChatTap } from '../../../../main/protocol/chat/chatTap.ts';

const event = (value: unknown): string =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const delta = (content: object, finish: string | null = null, more: object = {}): string =>
  event({
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: content, finish_reason: finish }],
    ...more,
  });
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const usageChunk = event({ id: 'c', choices: [], usage });

const role = delta({ role: 'assistant', content: '' });
const whole = [
  role,
  delta({ content: 'Hi "usage": {} 😀' }),
  delta({ content: ' [DONE] "error"' }),
  delta({}, 'stop'),
  usageChunk,
  event('[DONE]'),
];

function run(text: string, cuts: number[], hideUsage: boolean) {
  const bytes = Buffer.from(text);
  const tap = createChatTap({ hideUsage });
  const edges = [
    0,
    ...[...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b),
    bytes.length,
  ];
  const out: Buffer[] = [];
  for (let index = 1; index < edges.length; index++) {
    const passed = tap.push(bytes.subarray(edges[index - 1], edges[index]));
    if (passed) out.push(passed);
  }
  const last = tap.end();
  if (last) out.push(last);
  return { tap, out: Buffer.concat(out).toString() };
}

describe('streamTap', () => {
  it('passes every byte and sees the same, however the stream is cut', () => {
    const text = whole.join('');
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        const { tap, out } = run(text, cuts, false);
        expect(out).toBe(text);
        expect(tap.seen).toMatchObject({
          hasContent: true,
          finishReason: 'stop',
          done: true,
          error: null,
          usage,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps only the usage chunk back from a client that did not ask', () => {
    const text = whole.join('');
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        const { tap, out } = run(text, cuts, true);
        expect(out).toBe(whole.filter((part) => part !== usageChunk).join(''));
        expect(tap.seen.usage).toEqual(usage);
      }),
    );
  });

  it('keeps a finish chunk that carries the usage', () => {
    const last = delta({}, 'stop', { usage });
    const { tap, out } = run(`${delta({ content: 'x' })}${last}`, [], true);
    expect(out).toContain(last);
    expect(tap.seen.usage).toEqual(usage);
  });

  it('is not fooled by usage null in every chunk', () => {
    const { tap } = run(
      `${delta({ content: 'x' }, null, { usage: null })}${delta({ content: 'y' }, null, { usage: null })}`,
      [],
      true,
    );
    expect(tap.seen.usage).toBeNull();
  });

  it.each([
    ['text', { content: 'x' }],
    ['reasoning', { reasoning_content: 'x' }],
    ['other reasoning', { reasoning: 'x' }],
    ['a tool call', { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '' } }] }],
    ['a refusal', { refusal: 'no' }],
  ])('%s is content; a role alone is not', (_name, content) => {
    const tap = createChatTap({ hideUsage: false });
    tap.push(Buffer.from(role));
    expect(tap.seen.meaningful).toBe(false);
    tap.push(Buffer.from(delta(content)));
    expect(tap.seen.hasContent).toBe(true);
  });

  it('sees errors first, in the middle, and in odd shapes', () => {
    expect(run(event({ error: { message: 'quota' } }), [], false).tap.seen.error).toBe('quota');
    expect(run(`${delta({ content: 'x' })}${event({ error: 'plain' })}`, [], false).tap.seen.error).toBe(
      'plain',
    );
    expect(run(event('not json'), [], false).tap.seen.error).toContain('no JSON');
    expect(
      run(`${delta({ content: '"error": {"message":"quoted"}' })}`, [], false).tap.seen.error,
    ).toBeNull();
  });

  it('reads spaced JSON, CRLF, comments and a missing last blank line', () => {
    const spaced = 'data: {"choices": [{"index": 0, "delta": {"content": "x"}, "finish_reason": null}]}';
    const finish =
      'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "length"}], "usage": {"prompt_tokens": 1}}';
    const { tap } = run([': hi', spaced, finish].join('\r\n\r\n'), [3, 50, 90], false);
    expect(tap.seen).toMatchObject({ hasContent: true, finishReason: 'length', usage: { prompt_tokens: 1 } });
  });

  it('takes an empty finish_reason for none', () => {
    const chunk = event({ choices: [{ index: 0, delta: { content: 'x' }, finish_reason: '' }] });
    expect(run(chunk + chunk, [], false).tap.seen.finishReason).toBeNull();
  });
});
