// The stream of an answer, byte for byte, and the shapes it can have.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createOndemandEmulator, type OndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import { answerIn, byKey, eventsOf, newSession, query } from '../../fakes/ondemand/rawClient.ts';
import type { StreamStyle } from '../../fakes/ondemand/streamStyle.ts';

let emulator: OndemandEmulator;
let session = '';
const one = byKey('key-of-one-000001');
const thinker = 'predefined-deepseek-v4-pro';

beforeAll(async () => {
  emulator = await createOndemandEmulator({ keys: ['key-of-one-000001'] });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

async function stream(body: Record<string, unknown> = {}, style: Partial<StreamStyle> = {}) {
  emulator.restyle(style);
  session = await newSession(emulator, one);
  return query(emulator, one, session, { query: 'Hi “you”', responseMode: 'stream', ...body });
}

const kindOf = ({ name, json, data }: ReturnType<typeof eventsOf>[number]) =>
  json?.eventType ?? (data === '[DONE]' ? data : name);
const kinds = (answer: Parameters<typeof eventsOf>[0]) => eventsOf(answer).map(kindOf);

test('the framing is that of the captures', async () => {
  const answer = await stream();
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  const time = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ';
  const message = emulator.sessions[0]?.turns[0]?.messageId;
  const ids = `"sessionId":"${session}","messageId":"${message}"`;
  const spaced = `"sessionId": "${session}", "messageId": "${message}"`;
  const expected = [
    `event:message\ndata:{${ids},"eventIndex":1,"eventType":"statusLog","status":"processing","currentStatusLog":{"statusType":"fulfilling","statusMessage":"Fulfilling the prompt...","time":"TIME"}}`,
    `event:heartbeat\ndata:{${ids},"time":"TIME"}`,
    `event:message\ndata:{${spaced}, "answer": "You", "status": "processing", "eventIndex":2, "eventType": "fulfillment"}`,
    `event:message\ndata:{${spaced}, "answer": " said", "status": "processing", "eventIndex":3, "eventType": "fulfillment"}`,
    `event:message\ndata:{${spaced}, "answer": " “Hi", "status": "processing", "eventIndex":4, "eventType": "fulfillment"}`,
    `event:message\ndata:{${spaced}, "answer": " “you””.", "status": "processing", "eventIndex":5, "eventType": "fulfillment"}`,
    `event:message\ndata:{${ids},"eventIndex":6,"eventType":"statusLog","status":"processing","currentStatusLog":{"statusType":"fulfillment_completed","statusMessage":"Fulfillment completed","answer":"You said “Hi “you””.","time":"TIME"}}`,
    `event:message\ndata:{${ids},"eventIndex":7,"eventType":"metricsLog","status":"processing","publicMetrics":{"inputTokens":1002,"outputTokens":4,"totalTokens":1006,"ragTimeSec":0,"fulfillmentTimeSec":0.04,"totalTimeSec":0.04}}`,
    `event:heartbeat\ndata:{${ids},"time":"TIME"}`,
    'event:message\ndata:[DONE]',
  ];
  const text = answer.text.replaceAll(new RegExp(`"time":"${time}"`, 'g'), '"time":"TIME"');
  expect(text).toBe(expected.map((event) => `${event}\n\n`).join(''));
});

test('a reasoning model thinks first, with a counter of its own and an empty end', async () => {
  const events = eventsOf(await stream({ endpointId: thinker }));
  const thoughts = events.filter(({ name }) => name === 'thinking');
  expect(thoughts.map(({ json }) => json?.eventIndex)).toEqual(thoughts.map((_, at) => at + 1));
  expect(thoughts.every(({ json }) => json?.eventType === 'fulfillment_thinking')).toBe(true);
  const deltas = thoughts.map(({ json }) => String(Object(json?.thinking).delta));
  expect(deltas.at(-1)).toBe('');
  expect(deltas.join('')).toBe('First I look at the question, then I answer it.');
  const order = events.map(kindOf);
  expect(order.lastIndexOf('fulfillment_thinking')).toBeLessThan(order.indexOf('fulfillment'));
  const messages = events.filter(({ name, json }) => name === 'message' && json);
  expect(messages.map(({ json }) => json?.eventIndex)).toEqual(messages.map((_, at) => at + 1));
  expect(messages.every(({ json }) => json?.status === 'processing')).toBe(true);
});

test('thoughts may stand in and after the answer, too', async () => {
  const order = kinds(await stream({ endpointId: 'predefined-gpt-5.6-luna' }, { thinking: 'around' }));
  const [first, last] = [order.indexOf('fulfillment'), order.lastIndexOf('fulfillment')];
  expect(order.indexOf('fulfillment_thinking')).toBeLessThan(first);
  expect(order.slice(first, last)).toContain('fulfillment_thinking');
  expect(order.lastIndexOf('fulfillment_thinking')).toBeGreaterThan(last);
});

test('without status log, repetition, metrics or heartbeats', async () => {
  const plain = { statusLog: false, metricsLog: false, heartbeats: false };
  expect(new Set(kinds(await stream({}, plain)))).toEqual(new Set(['fulfillment', '[DONE]']));
  const answer = await stream({ query: 'once only' }, { statusLog: true, repeatAnswer: false });
  expect(answer.text).toContain('fulfillment_completed');
  expect(answer.text.match(/"answer":/g)).toHaveLength(4);
  emulator.reset();
  expect(kinds(await stream())).toContain('metricsLog');
});

test('a planner speaks beside the answer', async () => {
  const events = eventsOf(await stream({}, { planning: true }));
  const output = events.filter(({ json }) => json?.eventType === 'planning_output');
  const text = output.map(({ json }) => Object(json?.output).delta).join('');
  expect(JSON.parse(text)).toEqual({ plan: ['answer'] });
  expect(output.every(({ name }) => name === 'thinking')).toBe(true);
  expect(events.map(kindOf)).toContain('planning_thinking');
  expect(answerIn(events)).toBe('You said “Hi “you””.');
});

test('null pieces stand between the others', async () => {
  const events = eventsOf(await stream({}, { nullAnswers: true }));
  const pieces = events
    .filter(({ json }) => json?.eventType === 'fulfillment')
    .map(({ json }) => json?.answer);
  expect(pieces).toEqual([null, 'You', ' said', null, ' “Hi', ' “you””.']);
  expect(answerIn(events)).toBe('You said “Hi “you””.');
});

test('one variant for one request: by script, or by the name of the model', async () => {
  emulator.script('no-status', 'no-metrics', 'no-thinking', 'thinking-around', 'null-answers', 'no-repeat');
  expect(kinds(await stream())).not.toContain('statusLog');
  expect(kinds(await stream())).not.toContain('metricsLog');
  expect(kinds(await stream({ endpointId: thinker }))).not.toContain('fulfillment_thinking');
  expect(kinds(await stream())).toContain('fulfillment_thinking');
  expect((await stream()).text).toContain('"answer": null');
  expect((await stream()).text).not.toContain('“Hi “you””');
  expect(kinds(await stream())).toEqual(kinds(await stream()));
  expect(kinds(await stream({ endpointId: `${thinker}!no-metrics` }))).not.toContain('metricsLog');
});

test('heartbeats go on while nothing else comes', async () => {
  emulator.restyle({ heartbeatMs: 20, heartbeats: false });
  emulator.script('slow-answer:210');
  const seen: string[] = [];
  const answer = await query(
    emulator,
    one,
    await newSession(emulator, one),
    { responseMode: 'stream' },
    { onPacket: (text) => seen.push(text) },
  );
  const order = kinds(answer);
  expect(order.filter((kind) => kind === 'heartbeat')).toHaveLength(10);
  expect(order.lastIndexOf('heartbeat')).toBeLessThan(order.indexOf('statusLog'));
  // One by one, not in a heap at the end.
  expect(seen.filter((text) => text.includes('heartbeat')).length).toBeGreaterThan(3);
  expect(answerIn(eventsOf(answer))).toBe('You said “Hello”.');
});

test('heartbeats stand between the pieces of a slow answer, none after [DONE]', async () => {
  const slow = await createOndemandEmulator({ eventGapMs: 4, style: { heartbeatMs: 8, heartbeats: false } });
  const caller = byKey(slow.keys[0] ?? '');
  const answer = await query(slow, caller, await newSession(slow, caller), {
    query: 'count to 10',
    responseMode: 'stream',
  });
  const order = kinds(answer);
  const [first, last] = [order.indexOf('fulfillment'), order.lastIndexOf('fulfillment')];
  expect(order.slice(first, last).filter((kind) => kind === 'heartbeat').length).toBeGreaterThan(2);
  expect(order.at(-1)).toBe('[DONE]');
  expect(answerIn(eventsOf(answer))).toBe('1 2 3 4 5 6 7 8 9 10');
  await slow.close();
});
