// The Vercel AI SDK runs its own loop with tools against the gateway, over every kind, by each of its providers.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, isStepCount, jsonSchema, type LanguageModel, Output, streamText, tool } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testClientKey } from '../fakes/testCore.ts';
import { aloud, thoughts } from '../fakes/upstream/reply.ts';
import { type Bench, createBench } from './bench.ts';
import { type Kind, kinds } from './kinds.ts';

interface Provider {
  readonly title: string;
  model(origin: string, name: string): LanguageModel;
  /** Has a place for thoughts. */
  readonly shows: boolean;
  readonly providerOptions?: { openai: Record<string, boolean> };
  /** It leaves thinking out for names of models that it does not know. */
  readonly doubtsNames?: boolean;
}

const apiKey = testClientKey;

const providers: readonly Provider[] = [
  {
    title: '@ai-sdk/openai chat',
    shows: false,
    model: (origin, name) => createOpenAI({ baseURL: `${origin}/v1`, apiKey }).chat(name),
    doubtsNames: true,
  },
  {
    title: '@ai-sdk/openai responses',
    shows: true,
    model: (origin, name) => createOpenAI({ baseURL: `${origin}/v1`, apiKey }).responses(name),
    doubtsNames: true,
  },
  {
    title: '@ai-sdk/openai responses, not stored',
    shows: true,
    model: (origin, name) => createOpenAI({ baseURL: `${origin}/v1`, apiKey }).responses(name),
    doubtsNames: true,
    providerOptions: { openai: { store: false } },
  },
  {
    title: '@ai-sdk/openai-compatible',
    shows: true,
    model: (origin, name) =>
      createOpenAICompatible({
        name: 'sluice',
        baseURL: `${origin}/v1`,
        apiKey,
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(name),
  },
  {
    title: '@ai-sdk/anthropic',
    shows: true,
    model: (origin, name) => createAnthropic({ baseURL: `${origin}/v1`, apiKey })(name),
  },
  {
    title: '@ai-sdk/google',
    shows: true,
    model: (origin, name) => createGoogle({ baseURL: `${origin}/v1beta`, apiKey })(name),
  },
];

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench?.close());
beforeEach(() => bench.reset());

interface Place {
  city: string;
  days: number;
}

const placeSchema = jsonSchema<Place>({
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer' } },
  required: ['city', 'days'],
  additionalProperties: false,
});

/** Two tools that note what they were called with. */
function toolsNoting(called: [string, Place][]) {
  const of = (name: string, answer: string) =>
    tool({
      description: `Looks up the ${name}.`,
      inputSchema: placeSchema,
      execute: (place: Place) => {
        called.push([name, place]);
        return `${answer} in ${place.city}`;
      },
    });
  return { forecast: of('forecast', '18 °C'), traffic: of('traffic', 'no jam') };
}

function loopOf(provider: Provider, kind: Kind, called: [string, Place][]) {
  return {
    model: provider.model(bench.gateway.origin, kind.id),
    instructions: 'You are a clerk.',
    prompt: 'Say aloud what both are like.',
    tools: toolsNoting(called),
    stopWhen: isStepCount(4),
    providerOptions: provider.providerOptions,
    maxRetries: 0,
  };
}

const bothCalled: [string, Place][] = [
  ['forecast', { city: 'Zürich', days: 3 }],
  ['traffic', { city: 'Genève', days: 3 }],
];
const heard = 'fake heard from the tools: 18 °C in Zürich and no jam in Genève';

function expectLoop(called: readonly [string, Place][], steps: readonly { text: string }[]): void {
  const { entries } = bench;
  expect(entries.map(({ violation }) => violation).filter(Boolean)).toEqual([]);
  expect(called).toEqual(bothCalled);
  expect(steps.map(({ text }) => text)).toEqual([aloud, heard]);
  expect(entries).toHaveLength(2);
  expect(entries[1]?.asked).toMatchObject({
    system: expect.stringContaining('You are a clerk.'),
    results: ['18 °C in Zürich', 'no jam in Genève'],
  });
}

describe.each(providers)('$title', (provider) => {
  test.each(kinds)('generateText runs its loop over $title', async (kind) => {
    const called: [string, Place][] = [];
    const { text, steps, usage, finishReason } = await generateText(loopOf(provider, kind, called));
    expectLoop(called, steps);
    expect(text).toBe(heard);
    expect(finishReason).toBe('stop');
    expect(steps[0]?.finishReason).toBe('tool-calls');
    const said = bench.entries.map((entry) => entry.said?.usage);
    expect(usage).toMatchObject({
      inputTokens: said.reduce((sum, one) => sum + (one?.input ?? 0), 0),
      outputTokens: said.reduce((sum, one) => sum + (one?.output ?? 0), 0),
    });
  });

  test.each(kinds)('streamText runs its loop over $title', async (kind) => {
    const called: [string, Place][] = [];
    const errors: unknown[] = [];
    const result = streamText({
      ...loopOf(provider, kind, called),
      onError: ({ error }) => void errors.push(error),
    });
    let streamed = '';
    for await (const piece of result.textStream) streamed += piece;
    expect(errors).toEqual([]);
    expectLoop(called, await result.steps);
    expect(streamed).toBe(`${aloud}${heard}`);
    expect(await result.finishReason).toBe('stop');
  });

  test.each(kinds)('thinks over $title, and its thoughts come back with the results', async (kind) => {
    const called: [string, Place][] = [];
    const errors: unknown[] = [];
    const result = streamText({
      ...loopOf(provider, kind, called),
      reasoning: 'low',
      providerOptions: {
        openai: {
          ...provider.providerOptions?.openai,
          ...(provider.doubtsNames && { forceReasoning: true }),
        },
      },
      onError: ({ error }) => void errors.push(error),
    });
    await result.consumeStream();
    expect(errors).toEqual([]);
    const steps = await result.steps;
    expectLoop(called, steps);
    expect(bench.entries.map(({ asked }) => asked?.thinking)).toEqual([true, true]);
    const { said } = bench.entries[0] ?? {};
    if (provider.shows) expect(steps[0]?.reasoningText ?? '').toBe(said?.shown ? thoughts : '');
  });

  test.each(kinds)('reads an object over $title', async (kind) => {
    const { output } = await generateText({
      model: provider.model(bench.gateway.origin, kind.id),
      prompt: 'Where, and for how long?',
      output: Output.object({ schema: placeSchema, name: 'place' }),
      maxRetries: 0,
    });
    expect(output).toEqual({ city: 'Zürich', days: 3 });
    expect(bench.newest().violation).toBeNull();
  });
});
