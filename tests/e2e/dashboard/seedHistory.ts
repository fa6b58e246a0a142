// A month of believable use behind a running gateway: working hours, a lunch break, quiet weekends, the same with every run.
import path from 'node:path';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { createUsageStore } from '../../../main/store/usage/createUsageStore.ts';
import type { HeadlessProgram } from './headlessProgram.ts';

const hourMs = 3_600_000;
/** How busy each hour of a working day is, from midnight on. */
const day = [1, 0, 0, 0, 0, 0, 0, 1, 3, 8, 11, 9, 4, 6, 10, 12, 11, 8, 5, 3, 4, 5, 4, 2];

/** The same numbers with every run: between 0 and 1. */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Served {
  model: string;
  endpointId: string;
  accountId: string;
  /** US dollars for a million tokens, in and out. */
  price: readonly [number, number];
  firstTokenMs: number;
}

const models: readonly (Omit<Served, 'endpointId' | 'accountId'> & { endpoint: string })[] = [
  { model: 'gpt-4o', endpoint: 'OpenAI main', price: [2.5, 10], firstTokenMs: 420 },
  { model: 'gpt-4o-mini', endpoint: 'OpenAI main', price: [0.15, 0.6], firstTokenMs: 310 },
  { model: 'gpt-4o-mini', endpoint: 'OpenAI main', price: [0.15, 0.6], firstTokenMs: 330 },
  { model: 'deepseek-chat', endpoint: 'DeepSeek', price: [0.27, 1.1], firstTokenMs: 540 },
  { model: 'deepseek-chat', endpoint: 'DeepSeek', price: [0.27, 1.1], firstTokenMs: 510 },
  { model: 'sonnet', endpoint: 'Anthropic', price: [3, 15], firstTokenMs: 620 },
  { model: 'qwen3', endpoint: 'vLLM', price: [0, 0], firstTokenMs: 90 },
];

interface Named {
  id: string;
  name: string;
}

/** Endpoints and client keys are found by the names `seedGateway` gives them. */
export async function seedHistory(gateway: HeadlessProgram, days = 30): Promise<void> {
  const endpoints = await gateway.control<(Named & { accounts: { id: string }[] })[]>('GET', '/endpoints');
  const keys = await gateway.control<Named[]>('GET', '/client-keys');
  const dice = createDice(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(dice() * list.length)] as T;
  const store = await createUsageStore({
    file: path.join(gateway.dataDir, 'usage.db'),
    retentionDays: 60,
    maxDatabaseMB: 500,
    timeZone: 'local',
    onTrouble(reason) {
      if (reason) throw new Error(reason);
    },
  });

  function record(time: number, index: number): RequestRecord {
    const { endpoint, ...served } = pick(models);
    const home = endpoints.find(({ name }) => name === endpoint);
    const failed = dice() < 0.012;
    const input = Math.round(300 + 5200 * dice() ** 3);
    const output = failed ? 0 : Math.round(60 + 900 * dice() ** 2);
    const firstTokenMs = Math.round(served.firstTokenMs * (0.7 + 0.9 * dice()));
    return {
      id: `req_seed${index.toString(36).padStart(8, '0')}`,
      time,
      clientKeyId: pick(keys).id,
      userAgent: pick(['CherryStudio/1.4.2', 'claude-cli/2.0', 'OpenAI/Python 2.1', 'node']),
      operation: 'chat/completions',
      stream: dice() > 0.2,
      clientModel: served.model,
      endpointId: home?.id ?? null,
      accountId: home ? pick(home.accounts).id : null,
      upstreamModel: served.model,
      status: failed ? 'failed' : 'ok',
      httpStatus: failed ? 502 : 200,
      errorCode: failed ? 'upstream_error' : null,
      errorMessage: failed ? 'The upstream answered 503: overloaded' : null,
      firstTokenMs: failed ? null : firstTokenMs,
      totalMs: firstTokenMs + output * 12,
      tokens: { input, output, cached: Math.round(input * 0.3 * dice()), reasoning: 0, source: 'reported' },
      costUsd: (input * served.price[0] + output * served.price[1]) / 1e6,
      attempts: [],
      skipped: [],
      order: null,
    };
  }

  const now = Date.now();
  let index = 0;
  for (let hour = now - days * 24 * hourMs; hour < now - hourMs / 30; hour += hourMs) {
    const at = new Date(hour);
    // The day the pictures are made on counts as a working one.
    const weekend = [2, 3].includes(Math.floor((now - hour) / (24 * hourMs)) % 7) ? 0.25 : 1;
    const count = Math.round((day[at.getHours()] ?? 0) * weekend * (0.6 + 0.8 * dice()));
    for (let left = count; left > 0; left -= 1) {
      const time = hour + Math.floor(dice() * hourMs);
      if (time < now - 60_000) store.add(record(time, index++));
    }
  }
  await store.flush();
  await store.close();
}
