import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geminiDialect } from '../../../../main/protocol/gemini/geminiDialect.ts';
import { replayTurn } from '../../../../main/protocol/hub/replayTurn.ts';
import type {
  JsonObject,
  MediaPart,
  Message,
  Part,
  Sampling,
  ToolChoice,
} from '../../../../main/protocol/hub/turn.ts';
import type { FinishReason, TurnResult } from '../../../../main/protocol/hub/turnResult.ts';
import { collect, context, cuts, decode, encode, pieces, said, turn } from './fixture.ts';

const words = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed());
const signature = fc
  .base64String({ minLength: 8 })
  .map((value) => ({ family: 'gemini', value: `A${value}` }) as const);
const maybeSigned = fc.option(signature, { nil: undefined });
const signed = (given: { family: 'gemini'; value: string } | undefined) =>
  given ? { signature: given } : {};

const text: fc.Arbitrary<Part> = fc
  .record({ text: words, mark: maybeSigned })
  .map(({ text: said, mark }) => ({ type: 'text', text: said, ...signed(mark) }));
const thought: fc.Arbitrary<Part> = fc
  .record({ text: fc.string(), mark: signature })
  .map(({ text: said, mark }) => ({ type: 'reasoning', text: said, signature: mark }));

const media: fc.Arbitrary<MediaPart> = fc
  .oneof(
    fc.record({
      mediaType: fc.constantFrom('image/png', 'audio/wav', 'application/pdf', 'video/mp4'),
      source: fc.base64String({ minLength: 4 }).map((data) => ({ from: 'base64', data }) as const),
    }),
    fc.record({
      mediaType: fc.constantFrom('text/plain', 'text/csv'),
      source: words.map((body) => ({ from: 'text', text: body }) as const),
    }),
    fc.record({
      mediaType: fc.constantFrom('image/png', 'application/pdf'),
      source: fc.webUrl().map((url) => ({ from: 'url', url }) as const),
    }),
  )
  .map(({ mediaType, source }) => {
    const kind = mediaType.split('/')[0];
    return {
      type: 'media',
      media: kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file',
      mediaType,
      source,
      name: null,
      detail: null,
    };
  });

const json = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.stringify(JSON.parse(JSON.stringify(value))));

interface Step {
  calls: {
    name: string;
    args: string;
    mark: { family: 'gemini'; value: string } | undefined;
    answer: string;
    isError: boolean;
    shown: MediaPart[];
  }[];
  before: Part[];
  question: Part[];
}

const step: fc.Arbitrary<Step> = fc.record({
  calls: fc.array(
    fc.record({
      name: fc.constantFrom('f', 'g', 'get_it'),
      args: json,
      mark: maybeSigned,
      answer: fc.string(),
      isError: fc.boolean(),
      shown: fc.array(media, { maxLength: 1 }),
    }),
    { maxLength: 3 },
  ),
  before: fc.array(fc.oneof(text, thought, media), { minLength: 1, maxLength: 3 }),
  question: fc.array(fc.oneof(text, media), { minLength: 1, maxLength: 3 }),
});

/** Neighbours that the dialect can't tell apart are one to begin with. */
function distinct(parts: Part[]): Part[] {
  return parts.filter((part, at) => {
    const before = parts[at - 1];
    return !(part.type === before?.type && (part.type === 'text' || part.type === 'reasoning'));
  });
}

function conversation(system: string, steps: readonly Step[]): Message[] {
  let made = 0;
  const messages: Message[] = [said('system', system)];
  let results: Part[] = [];
  for (const { calls, before, question } of steps) {
    messages.push({ role: 'user', parts: [...results, ...question] });
    const ids = calls.map(() => `id_${made++}`);
    const made_ = calls.map(
      ({ name, args, mark }, at): Part => ({
        type: 'toolCall',
        kind: 'function',
        id: ids[at]!,
        name,
        arguments: args,
        ...signed(mark),
      }),
    );
    messages.push({ role: 'assistant', parts: [...distinct(before), ...made_] });
    results = calls.map(({ name, answer, isError, shown }, at) => ({
      type: 'toolResult',
      callId: ids[at]!,
      name,
      kind: 'function',
      isError,
      parts: [{ type: 'text', text: answer }, ...shown],
    }));
  }
  return [...messages, ...(results.length > 0 ? [{ role: 'user', parts: results } as const] : [])];
}

const number = fc.option(
  fc.double({ min: 0, max: 1, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  { nil: null },
);
const sampling: fc.Arbitrary<Partial<Sampling>> = fc.record({
  temperature: number,
  topP: number,
  topK: fc.option(fc.nat(), { nil: null }),
  seed: fc.option(fc.nat(), { nil: null }),
  presencePenalty: number,
  frequencyPenalty: number,
});
const functions = ['f', 'g'].map(
  (name) => ({ kind: 'function', name, description: null, schema: null, strict: null }) as const,
);
const choice: fc.Arbitrary<ToolChoice> = fc.constantFrom<ToolChoice>(
  { type: 'auto' },
  { type: 'none' },
  { type: 'required' },
  { type: 'tool', name: 'f' },
  { type: 'allowed', names: ['f', 'g'], required: true },
  { type: 'allowed', names: ['g'], required: false },
);
const schema = fc.constantFrom<JsonObject>(
  { type: 'object', properties: { a: { type: 'string' } } },
  { type: 'object', $defs: {}, properties: { b: { $ref: '#/$defs/x' } } },
);

describe('requests', () => {
  it('come back as they went, as far as Gemini can hold them', () => {
    const settings = fc.record({
      sampling,
      maxTokens: fc.option(fc.integer({ min: 1 }), { nil: null }),
      stop: fc.array(fc.string(), { maxLength: 5 }),
      toolChoice: fc.option(choice, { nil: null }),
      tools: fc.array(
        fc.record({
          kind: fc.constant('function' as const),
          name: fc.constantFrom('e', 'd'),
          description: fc.option(words, { nil: null }),
          schema: fc.option(schema, { nil: null }),
          strict: fc.constant(null),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      serviceTier: fc.constantFrom(null, 'default', 'flex', 'priority'),
      output: fc.oneof(
        fc.constantFrom(null, { type: 'json' as const }),
        schema.map((value) => ({
          type: 'schema' as const,
          name: null,
          description: null,
          schema: value,
          strict: null,
        })),
      ),
      reasoning: fc.constantFrom(
        null,
        { effort: 'high' as const, budgetTokens: null, adaptive: false, visible: true },
        { effort: 'low' as const, budgetTokens: null, adaptive: false, visible: true },
      ),
    });
    fc.assert(
      fc.property(words, fc.array(step, { minLength: 1, maxLength: 3 }), settings, (system, steps, more) => {
        const given = turn(conversation(system, steps), {
          ...more,
          tools: [...functions, ...more.tools],
          model: 'gemini-3.1-pro',
        });
        const { body, dropped } = encode(given, 'gemini-3.1-pro');
        expect(dropped).toEqual([]);
        const sent = JSON.parse(JSON.stringify(body)) as JsonObject;
        const read = geminiDialect.decodeRequest(sent, { model: 'gemini-3.1-pro', stream: false });
        expect({ ...read, clientNames: given.clientNames }).toEqual(given);
        // Encoding again says the same: nothing is added each time round.
        expect(
          encode(geminiDialect.decodeRequest(sent, { model: '', stream: false }), 'gemini-3.1-pro').body,
        ).toEqual(body);
      }),
      { numRuns: 500 },
    );
  });
});

const result: fc.Arbitrary<TurnResult> = fc
  .record({
    parts: fc.array(
      fc.oneof(
        text,
        thought,
        media.filter(({ source }) => source.from !== 'url'),
        fc.record({ name: fc.constantFrom('f', 'g'), args: json, mark: maybeSigned }).map(
          ({ name, args, mark }): Part => ({
            type: 'toolCall',
            kind: 'function',
            id: '',
            name,
            arguments: args,
            ...signed(mark),
          }),
        ),
      ),
      { minLength: 1, maxLength: 6 },
    ),
    finish: fc.constantFrom<FinishReason>('stop', 'length', 'contentFilter'),
    counts: fc.option(
      fc.record({
        prompt: fc.integer({ min: 1, max: 9_999 }),
        cached: fc.nat(1),
        output: fc.nat(999),
        thoughts: fc.nat(999),
      }),
      { nil: null },
    ),
  })
  .map(({ parts, finish, counts }) => {
    const whole = distinct(parts).map((part, at) =>
      part.type === 'toolCall' ? { ...part, id: `id_${at}` } : part,
    );
    const calls = whole.some(({ type }) => type === 'toolCall');
    return {
      id: 'req_1',
      model: 'asked-model',
      parts: whole,
      finish: finish === 'stop' && calls ? 'toolCalls' : finish,
      stopSequence: null,
      usage: counts && {
        inputTokens: counts.prompt,
        cachedTokens: counts.cached,
        cacheWriteTokens: 0,
        outputTokens: counts.output + counts.thoughts,
        reasoningTokens: counts.thoughts,
      },
    };
  });

describe('answers', () => {
  it('come back whole', () => {
    fc.assert(
      fc.property(result, (given) => {
        const body = JSON.parse(JSON.stringify(geminiDialect.encodeResult(given, context()))) as JsonObject;
        expect(geminiDialect.decodeResult(body, 'req_2')).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it('come back streamed, however the bytes are cut', () => {
    fc.assert(
      fc.property(result, cuts, (given, at) => {
        const encoder = geminiDialect.createStreamEncoder(context());
        const sent = replayTurn(given)
          .map((event) => encoder.push(event))
          .join(encoder.heartbeat());
        expect(collect(decode(pieces(Buffer.from(sent), at)))).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });
});
