import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { replayTurn } from '../../../../main/protocol/hub/replayTurn.ts';
import type { Part } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { results, usages, words } from './arbitraries.ts';

const collect = (events: readonly TurnEvent[]) => {
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  return collector.result();
};

/** Any events in an order that the hub allows: calls may take turns with their arguments. */
const streams: fc.Arbitrary<TurnEvent[]> = fc
  .array(
    fc.oneof(
      words.map((text): TurnEvent => ({ type: 'text', text })),
      words.map((text): TurnEvent => ({ type: 'reasoning', text })),
      words.map((text): TurnEvent => ({ type: 'refusal', text })),
      fc.option(words).map(
        (value): TurnEvent => ({
          type: 'reasoningEnd',
          signature: value === null ? null : { family: 'anthropic', value },
          redacted: false,
          id: null,
        }),
      ),
      words.map((value): TurnEvent => ({ type: 'textSignature', signature: { family: 'gemini', value } })),
      words.map(
        (title): TurnEvent => ({
          type: 'citation',
          citation: { url: 'https://x.test', title, quote: null, start: null, end: null },
        }),
      ),
      fc
        .constantFrom('begin', 'go on')
        .map(
          (what): TurnEvent =>
            what === 'begin'
              ? { type: 'toolCall', index: 0, kind: 'custom', id: 'c', name: 'f', signature: null }
              : { type: 'toolArguments', index: 0, text: 'x' },
        ),
      usages.map((usage): TurnEvent => ({ type: 'usage', usage })),
    ),
    { maxLength: 20 },
  )
  .map((events) => {
    let calls = 0;
    let spoken = false;
    return events.flatMap((event): TurnEvent[] => {
      spoken ||= event.type === 'text';
      if (event.type === 'citation' && !spoken) return [];
      if (event.type === 'toolCall') {
        calls += 1;
        return [{ ...event, index: calls - 1, id: `c${calls}` }];
      }
      // The oldest call goes on too, so that calls interleave.
      return event.type === 'toolArguments' ? (calls > 0 ? [event] : []) : [event];
    });
  });

describe('a turn that is replayed', () => {
  it('is the same when it is collected again', () => {
    fc.assert(
      fc.property(results, (result) => {
        expect(collect(replayTurn(result))).toEqual(result);
      }),
    );
  });

  it('settles after one collection, whatever the stream', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const once = collect(events);
        expect(collect(replayTurn(once))).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps signatures, redacted thoughts and their ids', () => {
    const parts: Part[] = [
      { type: 'reasoning', text: 'a', signature: { family: 'anthropic', value: 's' } },
      { type: 'reasoning', text: '', signature: { family: 'anthropic', value: 'data' }, redacted: true },
      { type: 'reasoning', text: '', signature: { family: 'openai', value: 'e' }, id: 'rs_1' },
      { type: 'text', text: 'b', signature: { family: 'gemini', value: 't' } },
    ];
    const result = {
      id: null,
      model: null,
      parts,
      finish: 'stop',
      stopSequence: 'END',
      usage: null,
    } as const;
    expect(collect(replayTurn(result))).toEqual(result);
  });

  it('begins, finishes and ends', () => {
    const events = replayTurn({
      id: 'i',
      model: 'm',
      parts: [],
      finish: 'length',
      stopSequence: null,
      usage: null,
    });
    expect(events).toEqual([
      { type: 'start', id: 'i', model: 'm' },
      { type: 'finish', reason: 'length', stopSequence: null },
      { type: 'end' },
    ]);
  });
});
