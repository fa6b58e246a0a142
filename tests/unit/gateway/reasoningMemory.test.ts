import { describe, expect, it } from 'vitest';
import { createReasoningMemory } from '../../../main/gateway/reasoningMemory.ts';
import { plainTurn } from '../../../main/protocol/hub/plainTurn.ts';
import type { Part, Turn } from '../../../main/protocol/hub/turn.ts';
import type { TurnResult } from '../../../main/protocol/hub/turnResult.ts';

const thought: Part = {
  type: 'reasoning',
  text: 'Paris is in France.',
  signature: { family: 'anthropic', value: 'sig-1' },
};
const call = (id: string, value?: string): Part => ({
  type: 'toolCall',
  kind: 'function',
  id,
  name: 'weather',
  arguments: '{"city":"Paris"}',
  ...(value === undefined ? {} : { signature: { family: 'gemini', value } as const }),
});

function result(...parts: Part[]): TurnResult {
  return { id: null, model: null, parts, finish: 'toolCalls', stopSequence: null, usage: null };
}

const turn = (...parts: Part[]): Turn => plainTurn({ model: 'm', messages: [{ role: 'assistant', parts }] });
const partsOf = ({ messages }: Turn): readonly Part[] => messages[0]?.parts ?? [];

describe('what a model thought before its tool calls', () => {
  it('comes back before the first of the calls, once', () => {
    const memory = createReasoningMemory();
    memory.remember('key', result(thought, call('a'), call('b')));
    expect(partsOf(memory.recall('key', turn(call('a'), call('b'))))).toEqual([
      thought,
      call('a'),
      call('b'),
    ]);
  });

  it('gives a call its signature back', () => {
    const memory = createReasoningMemory();
    memory.remember('key', result(call('a', 'proof'), call('b')));
    expect(partsOf(memory.recall('key', turn(call('a'), call('b'))))).toEqual([
      call('a', 'proof'),
      call('b'),
    ]);
  });

  it('is not added where the client sends its own, with proof', () => {
    const memory = createReasoningMemory();
    memory.remember('key', result(thought, call('a', 'proof')));
    const own: Part = { type: 'reasoning', text: 'my own', signature: { family: 'openai', value: 'x' } };
    expect(partsOf(memory.recall('key', turn(own, call('a', 'mine'))))).toEqual([own, call('a', 'mine')]);
  });

  it('is nobody else’s', () => {
    const memory = createReasoningMemory();
    memory.remember('key', result(thought, call('a')));
    expect(partsOf(memory.recall('other', turn(call('a'))))).toEqual([call('a')]);
  });

  it('is told apart where models number the calls of every conversation alike', () => {
    const memory = createReasoningMemory();
    const about = (path: string): Part => ({ ...thought, text: `I look at ${path}.` }) as Part;
    const read = (path: string, more = ''): Part =>
      ({ ...call('Read:0'), name: 'Read', arguments: `{ "path": "${path}"${more} }` }) as Part;
    memory.remember('key', result(about('a'), read('a')));
    memory.remember('key', result(about('b'), read('b')));
    expect(partsOf(memory.recall('key', turn(read('a'))))).toEqual([about('a'), read('a')]);
    expect(partsOf(memory.recall('key', turn(read('b', ', "limit": null')))).at(0)).toEqual(about('b'));
    expect(partsOf(memory.recall('key', turn(read('c'))))).toEqual([read('c')]);
  });

  it('is forgotten before memory runs out, the oldest first', () => {
    const memory = createReasoningMemory();
    for (let at = 0; at < 6_000; at++) memory.remember('key', result(thought, call(`call-${at}`)));
    expect(partsOf(memory.recall('key', turn(call('call-0'))))).toEqual([call('call-0')]);
    expect(partsOf(memory.recall('key', turn(call('call-5999'))))).toEqual([thought, call('call-5999')]);
  });
});
