import { describe, expect, it } from 'vitest';
import { createResponseMemory } from '../../../main/gateway/responseMemory.ts';
import type { JsonObject } from '../../../main/protocol/hub/turn.ts';

const said = {
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Hi.' }],
};
const response = { id: 'resp_1', output: [said] };
const hello = { role: 'user', content: 'Hello' };

describe('what a request refers to', () => {
  it('is put in its place: the whole conversation behind an answer', () => {
    const memory = createResponseMemory();
    memory.remember('key', { model: 'm', input: 'Hello' }, response);
    const next = memory.resolve('key', { model: 'm', previous_response_id: 'resp_1', input: 'And now?' });
    expect(next).toEqual({ model: 'm', input: [hello, said, { role: 'user', content: 'And now?' }] });
    memory.remember('key', next, { id: 'resp_2', output: [{ ...said, id: 'msg_2' }] });
    const third = memory.resolve('key', { model: 'm', previous_response_id: 'resp_2', input: [] });
    expect(third.input).toHaveLength(4);
  });

  it('is put in its place: one item', () => {
    const memory = createResponseMemory();
    memory.remember('key', { model: 'm', input: [hello] }, response);
    const reference = { type: 'item_reference', id: 'msg_1' };
    expect(memory.resolve('key', { input: [hello, reference] })).toEqual({ input: [hello, said] });
    expect(memory.resolve('key', { input: [hello, { id: 'msg_1' }] })).toEqual({ input: [hello, said] });
  });

  it('stays where it is not known, not kept, or another’s', () => {
    const memory = createResponseMemory();
    memory.remember('key', { input: 'Hello' }, response);
    memory.remember(
      'key',
      { input: 'Hello', store: false },
      { id: 'resp_9', output: [{ ...said, id: 'msg_9' }] },
    );
    const bodies: JsonObject[] = [
      { previous_response_id: 'resp_nobody', input: 'x' },
      { previous_response_id: 'resp_9', input: 'x' },
      { input: [{ type: 'item_reference', id: 'msg_9' }] },
      { input: 'plain' },
    ];
    for (const body of bodies) expect(memory.resolve('key', body)).toBe(body);
    const others = { previous_response_id: 'resp_1', input: 'x' };
    expect(memory.resolve('other', others)).toBe(others);
  });

  it('is forgotten, the oldest first, before it takes too much memory', () => {
    const memory = createResponseMemory();
    const large = 'x'.repeat(1024 * 1024);
    for (let at = 0; at < 40; at++)
      memory.remember('key', { input: large }, { id: `resp_${at}`, output: [{ ...said, id: `msg_${at}` }] });
    const first = { previous_response_id: 'resp_0', input: 'x' };
    expect(memory.resolve('key', first)).toBe(first);
    const item = { input: [{ type: 'item_reference', id: 'msg_0' }] };
    expect(memory.resolve('key', item)).toBe(item);
    expect(memory.resolve('key', { previous_response_id: 'resp_39', input: 'x' }).input).toHaveLength(3);
    memory.remember('key', { input: 'x'.repeat(9 * 1024 * 1024) }, { id: 'resp_huge', output: [] });
    const huge = { previous_response_id: 'resp_huge', input: 'x' };
    expect(memory.resolve('key', huge)).toBe(huge);
  });
});
