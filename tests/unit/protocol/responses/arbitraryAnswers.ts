// Answers that a model could give, and the streams in which they could come.
import fc from 'fast-check';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { replayTurn } from '../../../../main/protocol/hub/replayTurn.ts';
import type { Part, Signature } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 });
const base64 = fc
  .uint8Array({ minLength: 1, maxLength: 12 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const count = fc.nat({ max: 9_000 });

const signature = (...families: Signature['family'][]): fc.Arbitrary<Signature> =>
  fc.record({ family: fc.constantFrom(...families), value: base64 });

const citation = fc.record({
  url: fc.webUrl(),
  title: words,
  quote: fc.constant(null),
  start: fc.constant(0),
  end: fc.constant(1),
});

const text = fc
  .record({
    text: words,
    citations: fc.array(citation, { maxLength: 2 }),
    signed: fc.option(signature('gemini')),
  })
  .map(
    ({ text: said, citations, signed }): Part => ({
      type: 'text',
      text: said,
      ...(citations.length > 0 ? { citations } : {}),
      ...(signed ? { signature: signed } : {}),
    }),
  );

const reasoning = fc.oneof(
  words.map((thought): Part => ({ type: 'reasoning', text: thought })),
  fc
    .record({ text: fc.oneof(words, fc.constant('')), signature: signature('anthropic', 'gemini') })
    .map((part): Part => ({ type: 'reasoning', ...part })),
  fc
    .record({ text: fc.oneof(words, fc.constant('')), signature: signature('openai'), id: fc.uuid() })
    .map(({ id, ...part }): Part => ({ type: 'reasoning', ...part, id: `rs_${id}` })),
  signature('anthropic').map(
    (signed): Part => ({ type: 'reasoning', text: '', signature: signed, redacted: true }),
  ),
);

const call = fc
  .record({
    kind: fc.constantFrom('function' as const, 'custom' as const),
    id: fc.uuid().map((id) => `call_${id}`),
    name: fc.constantFrom('shell', 'apply_patch', 'get_weather'),
    json: fc.dictionary(words, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
    free: words,
    signed: fc.option(signature('gemini')),
  })
  .map(({ kind, id, name, json, free, signed }): Part => {
    const input = kind === 'custom' ? free : JSON.stringify(json);
    return { type: 'toolCall', kind, id, name, arguments: input, ...(signed ? { signature: signed } : {}) };
  });

const image = base64.map(
  (data): Part => ({
    type: 'media',
    media: 'image',
    mediaType: 'image/png',
    source: { from: 'base64', data },
    name: null,
    detail: null,
  }),
);

const refusal = words.map((said): Part => ({ type: 'refusal', text: said }));

const usage = fc.record({
  inputTokens: count,
  cachedTokens: count,
  cacheWriteTokens: count,
  outputTokens: count,
  reasoningTokens: count,
});

const collect = (events: readonly TurnEvent[]): TurnResult => {
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  return collector.result();
};

/** An answer as the hub holds it once it was streamed: neighbouring texts are one. */
export const arbitraryResult: fc.Arbitrary<TurnResult> = fc
  .record({
    parts: fc.uniqueArray(fc.oneof(text, reasoning, call, call, image, refusal), { maxLength: 7 }),
    ending: fc.constantFrom('whole', 'length' as const, 'contentFilter' as const),
    usage,
  })
  .map(({ parts, ending, usage: used }) => {
    const called = parts.some(({ type }) => type === 'toolCall');
    const finish = ending === 'whole' ? (called ? 'toolCalls' : 'stop') : ending;
    const result: TurnResult = { id: null, model: null, parts, finish, stopSequence: null, usage: used };
    return collect(replayTurn(result));
  });

function cutEvent(event: TurnEvent, size: number): TurnEvent[] {
  if (!('text' in event)) return [event];
  const units = [...event.text];
  const pieces: TurnEvent[] = [];
  for (let at = 0; at < units.length; at += size)
    pieces.push({ ...event, text: units.slice(at, at + size).join('') });
  return pieces;
}

/** Lets the arguments of a call come after its neighbour has begun, as some servers send parallel calls. */
function interleave(events: TurnEvent[]): TurnEvent[] {
  const out: TurnEvent[] = [];
  let late: TurnEvent[] = [];
  for (const event of events) {
    if (event.type === 'toolArguments' && late.length < 3 && event.text.length > 0) late.push(event);
    else if (event.type === 'toolCall') out.push(event, ...late.splice(0, 1));
    else {
      out.push(...late, event);
      late = [];
    }
  }
  return out;
}

/** An answer, and a stream it could have come in. */
export const arbitraryStream: fc.Arbitrary<{ result: TurnResult; events: TurnEvent[] }> = fc
  .record({ result: arbitraryResult, size: fc.integer({ min: 1, max: 9 }), mixed: fc.boolean() })
  .map(({ result, size, mixed }) => {
    const events = replayTurn(result).flatMap((event) => cutEvent(event, size));
    return { result, events: mixed ? interleave(events) : events };
  });
