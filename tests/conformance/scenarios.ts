// What is tried in every cell. Each scenario is written once, for all clients, kinds and both ways of answering.
import { expect } from 'vitest';
import { thinkingModel } from '../fakes/upstream/chat/chatRules.ts';
import { pixelPng } from '../fakes/upstream/media.ts';
import { aloud } from '../fakes/upstream/reply.ts';
import { type Cell, expectUsage, plainSchema, received, shownThoughts } from './cell.ts';
import type { Ask, AskTool } from './clients/client.ts';
import { failures } from './failures.ts';

export interface Scenario {
  readonly title: string;
  /** Places where it has something fail, each with an endpoint of its own. */
  readonly fails?: readonly string[];
  run(cell: Cell): Promise<void>;
}

const forecast: AskTool = {
  name: 'get_forecast',
  description: 'The forecast for a city, for some days.',
  schema: {
    type: 'object',
    properties: {
      city: { type: 'string', description: 'Name of the city' },
      days: { type: 'integer' },
    },
    required: ['city', 'days'],
  },
};
const traffic: AskTool = { ...forecast, name: 'get_traffic', description: 'The traffic in a city.' };

const zurich = { city: 'Zürich', days: 3 };
const geneva = { city: 'Genève', days: 3 };

const system = 'You are a weather clerk. Answer in one sentence — „kurz“.';

function expectTools(cell: Cell, tools: readonly AskTool[]): void {
  const { asked } = received(cell);
  expect(
    asked.tools.map(({ name, description, schema }) => [name, description, plainSchema(schema)]),
  ).toEqual(tools.map(({ name, description, schema }) => [name, description, schema]));
}

async function text(cell: Cell): Promise<void> {
  let events = 0;
  const user = 'Grüße 👋 from\nthe "lake"';
  const dialog = cell.open({ user, system }, { onEvent: () => (events += 1) });
  const seen = await dialog.say();
  const { asked, said, entry } = received(cell);
  const reasoning = shownThoughts(said);
  expect(seen).toMatchObject({ text: `fake says: ${user}`, calls: [], finish: 'stop', reasoning });
  expectUsage(seen, said);
  expect(asked).toMatchObject({
    system,
    userText: user,
    stream: cell.stream || cell.lacks('whole'),
    model: cell.kind.model,
  });
  if (cell.stream) expect(events).toBeGreaterThan(3);
  if (cell.native) expect(cell.dropped).toEqual([]);
  expect(entry.ended).toBe('answered');
}

async function options(cell: Cell): Promise<void> {
  const words = Array.from({ length: 30 }, (_, index) => `word${index}`);
  const short = await cell.open({ user: words.join(' '), maxTokens: 20 }).say();
  const limit = cell.lacks('maxTokens') ? null : 20;
  expect(received(cell).asked.maxTokens).toBe(limit);
  if (limit === null) expect(cell.dropped).toEqual([cell.client.limitName]);
  expect(short).toMatchObject(
    limit === null
      ? { text: `fake says: ${words.join(' ')}`, finish: 'stop' }
      : { text: `fake says: ${words.slice(0, 18).join(' ')}`, finish: 'length' },
  );
  // Models that think refuse any temperature but their own.
  const warm = cell.client.hasTemperature && !thinkingModel.test(cell.kind.model);
  const ask: Ask = {
    user: 'this far STOP and not on',
    ...(cell.client.hasStop && { stop: ['STOP', 'HALT'] }),
    ...(warm && { temperature: 0.5 }),
  };
  const stopped = await cell.open(ask).say();
  const { asked, entry } = received(cell);
  if (warm) expect(asked.temperature).toBe(0.5);
  // Responses have no place for stop sequences, and OpenAI's models that think take none: the client is told.
  const thinks = thinkingModel.test(cell.kind.model);
  const holdsStop = !entry.path.endsWith('/responses') && (cell.native || !thinks);
  const stops = cell.client.hasStop && holdsStop;
  expect(asked.stop).toEqual(stops ? ask.stop : []);
  if (cell.client.hasStop && !holdsStop) expect(cell.dropped.join()).toMatch(/stop/i);
  // Messages never come without a limit.
  else
    expect(cell.dropped).toEqual(limit === null && cell.client.dialect === 'messages' ? ['max_tokens'] : []);
  expect(stopped).toMatchObject({
    text: stops ? 'fake says: this far ' : `fake says: ${ask.user}`,
    finish: 'stop',
  });
}

async function tools(cell: Cell): Promise<void> {
  const dialog = cell.open({ user: 'What will it be like?', system, tools: [forecast, traffic] });
  const called = await dialog.say();
  expect(called).toMatchObject({
    text: '',
    finish: 'calls',
    calls: [{ name: 'get_forecast', args: zurich }],
  });
  expect(called.calls).toHaveLength(1);
  expectTools(cell, [forecast, traffic]);
  expectUsage(called, received(cell).said);
  const told = await dialog.answer(['18 °C, "fair"']);
  expect(told).toMatchObject({
    text: 'fake heard from the tools: 18 °C, "fair"',
    finish: 'stop',
    calls: [],
  });
  expect(received(cell).asked).toMatchObject({ system, userText: 'What will it be like?' });
  expectTools(cell, [forecast, traffic]);
}

async function parallelTools(cell: Cell): Promise<void> {
  const dialog = cell.open({ user: 'Say aloud what both are like.', tools: [forecast, traffic] });
  const called = await dialog.say();
  expect(called).toMatchObject({ text: aloud, finish: 'calls' });
  expect(called.calls.map(({ name, args }) => [name, args])).toEqual([
    ['get_forecast', zurich],
    ['get_traffic', geneva],
  ]);
  const ids = called.calls.map(({ id }) => id);
  if (cell.client.dialect !== 'gemini') expect(new Set(ids).size).toBe(2);
  const told = await dialog.answer(['18 °C', '{"jams":2}']);
  expect(told.text).toBe('fake heard from the tools: 18 °C and {"jams":2}');
  expect(received(cell).asked.results).toEqual(['18 °C', '{"jams":2}']);
}

async function image(cell: Cell): Promise<void> {
  const seen = await cell.open({ user: 'What is this?', image: pixelPng }).say();
  expect(seen.text).toBe(`fake sees image/png of ${pixelPng.length} bytes: What is this?`);
  const { media } = received(cell).asked;
  expect(media).toHaveLength(1);
  expect(media[0]?.bytes?.equals(pixelPng)).toBe(true);
}

async function jsonSchema(cell: Cell): Promise<void> {
  const output = { name: 'place', schema: forecast.schema };
  const seen = await cell.open({ user: 'Where, and for how long?', output }).say();
  expect(JSON.parse(seen.text)).toEqual(zurich);
  expect(seen.finish).toBe('stop');
  expect(plainSchema(received(cell).asked.outputSchema)).toEqual(forecast.schema);
}

async function reasoning(cell: Cell): Promise<void> {
  const dialog = cell.open({ user: 'Think, then look it up.', thinking: true, tools: [forecast] });
  const first = await dialog.say();
  const { asked, entry } = received(cell);
  expect(asked.thinking).toBe(true);
  // OpenAI's own chat never shows thoughts, and a chat client has no word to ask for them.
  const hidden = entry.path.startsWith('/openai/') && entry.path.endsWith('/chat/completions');
  if (!hidden && cell.client.dialect !== 'chat') expect(asked.showsThoughts).toBe(true);
  if (cell.kind.id === 'ondemand') expect(entry.json?.reasoningEffort).toBe('low');
  expect(first).toMatchObject({
    reasoning: shownThoughts(received(cell).said),
    finish: 'calls',
    calls: [{ args: zurich }],
  });
  expectUsage(first, received(cell).said);
  if (!cell.lacks('thoughtCounts')) expect(received(cell).said.usage.reasoning).toBeGreaterThan(0);
  const second = await dialog.answer(['18 °C']);
  expect(received(cell).asked.thinking).toBe(true);
  expect(second).toMatchObject({
    text: 'fake heard from the tools: 18 °C',
    reasoning: shownThoughts(received(cell).said),
    finish: 'stop',
  });
}

export const scenarios: readonly Scenario[] = [
  { title: 'text', run: text },
  { title: 'options', run: options },
  { title: 'tools', run: tools },
  { title: 'parallel tools', run: parallelTools },
  { title: 'image', run: image },
  { title: 'JSON schema', run: jsonSchema },
  { title: 'reasoning', run: reasoning },
  ...failures,
];
