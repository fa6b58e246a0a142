import { describe, expect, it } from 'vitest';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';

const collect = (...events: TurnEvent[]) => {
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  return collector.result();
};
const text = (said: string): TurnEvent => ({ type: 'text', text: said });
const reasoning = (said: string): TurnEvent => ({ type: 'reasoning', text: said });
const reasoningEnd = (value: string | null, redacted = false): TurnEvent => ({
  type: 'reasoningEnd',
  signature: value === null ? null : { family: 'anthropic', value },
  redacted,
  id: null,
});
const call = (index: number): TurnEvent => ({
  type: 'toolCall',
  index,
  kind: 'function',
  id: `c${index}`,
  name: 'f',
  signature: null,
});
const json = (index: number, said: string): TurnEvent => ({ type: 'toolArguments', index, text: said });

describe('createTurnCollector', () => {
  it('joins what belongs together, in order', () => {
    expect(collect(reasoning('a'), reasoning('b'), reasoningEnd('s'), text('c'), text('d')).parts).toEqual([
      { type: 'reasoning', text: 'ab', signature: { family: 'anthropic', value: 's' } },
      { type: 'text', text: 'cd' },
    ]);
  });

  it('keeps thoughts apart that ended', () => {
    const { parts } = collect(reasoning('a'), reasoningEnd(null), reasoning('b'), reasoningEnd(null));
    expect(parts).toEqual([
      { type: 'reasoning', text: 'a' },
      { type: 'reasoning', text: 'b' },
    ]);
  });

  it('keeps a proof without a thought, and no thought without either', () => {
    expect(collect(reasoningEnd('data', true)).parts).toMatchObject([{ text: '', redacted: true }]);
    expect(collect(reasoningEnd(null)).parts).toEqual([]);
  });

  it('puts interleaved arguments together, and takes none for an empty object', () => {
    const { parts } = collect(
      call(0),
      call(1),
      json(0, '{"a"'),
      json(1, ' '),
      json(0, ':1}'),
      json(7, 'lost'),
    );
    expect(parts).toMatchObject([
      { id: 'c0', arguments: '{"a":1}' },
      { id: 'c1', arguments: '{}' },
    ]);
  });

  it('gives a citation to the last text', () => {
    const citation = { url: 'https://x.test', title: null, quote: null, start: null, end: null };
    const { parts } = collect(text('a'), call(0), { type: 'citation', citation });
    expect(parts[0]).toEqual({ type: 'text', text: 'a', citations: [citation] });
    expect(collect({ type: 'citation', citation }).parts).toEqual([]);
  });

  it('keeps the first name and the last count', () => {
    const usage = {
      inputTokens: 1,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 1,
      reasoningTokens: 0,
    };
    const result = collect(
      { type: 'start', id: 'a', model: null },
      { type: 'start', id: 'b', model: 'm' },
      { type: 'usage', usage },
      { type: 'usage', usage: { ...usage, outputTokens: 2 } },
      { type: 'finish', reason: 'length', stopSequence: 'END' },
      { type: 'end' },
    );
    expect(result).toEqual({
      id: 'a',
      model: 'm',
      parts: [],
      finish: 'length',
      stopSequence: 'END',
      usage: { ...usage, outputTokens: 2 },
    });
  });
});
