// Records as a busy month leaves them: eight models, five endpoints with three accounts each, six client keys.
import type { RequestRecord } from '../../main/contract/schemas/record.ts';
import { createUsageEngine } from '../../main/store/usage/usageEngine.ts';
import type { EngineOptions } from '../../main/store/usage/usageMessages.ts';

const days = 30;
const models = [
  'gpt-5.2',
  'gpt-4o',
  'claude-sonnet-4-5',
  'gemini-2.5-pro',
  'deepseek-chat',
  'qwen3-max',
  'glm-4.6',
  'kimi-k2',
];
const statuses = ['failed', 'cut', 'cancelled'] as const;

function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

/** The nth of `total` records, spread over the thirty days before `now` (Unix ms); the same for the same numbers. */
export function manyRecord(n: number, total: number, now: number): RequestRecord {
  const time = now - Math.floor((1 - n / total) * days * 86_400_000);
  const hash = (n * 2_654_435_761) % 4_294_967_296;
  const status = hash % 40 === 0 ? pick(statuses, hash >>> 8) : 'ok';
  const model = pick(models, hash >>> 4);
  const endpointId = `endpoint-${(hash >>> 7) % 5}`;
  const accountId = `a${(hash >>> 10) % 3}`;
  const attempt = {
    endpointId,
    accountId,
    upstreamModel: model,
    startMs: 1.4,
    durationMs: 2311.9,
    status: 200,
    outcome: 'ok' as const,
    reason: null,
    repairs: [],
  };
  return {
    id: `req_${time.toString(36)}${hash.toString(36).padStart(7, '0')}${n.toString(36)}`,
    time,
    clientKeyId: `key-${(hash >>> 12) % 6}`,
    userAgent: `OpenAI/Python 2.${hash % 9}.0`,
    operation: 'chat',
    stream: hash % 3 !== 0,
    clientModel: model,
    endpointId,
    accountId,
    upstreamModel: model,
    status,
    httpStatus: status === 'ok' ? 200 : 502,
    errorCode: status === 'ok' ? null : 'upstream_error',
    errorMessage: status === 'ok' ? null : `the upstream answered 500: overloaded (${n % 977})`,
    firstTokenMs: 200 + (hash % 900),
    totalMs: 900 + (hash % 9000),
    tokens: {
      input: 100 + (hash % 4000),
      output: 20 + (hash % 900),
      cached: 0,
      reasoning: 0,
      source: 'reported',
    },
    costUsd: hash % 17 === 0 ? null : 0.001,
    attempts: status === 'ok' ? [attempt] : [attempt, attempt],
    skipped: [],
    order: { strategy: 'random', sticky: false, peers: 2, behind: 1 },
  };
}

const batchSize = 200;

/** Fills a usage.db by the store's own way, a batch at a time. */
export function writeManyRecords(options: EngineOptions, total: number, now: number): void {
  const engine = createUsageEngine(options);
  for (let n = 0, number = 1; n < total; n += batchSize, number++) {
    const length = Math.min(batchSize, total - n);
    const records = Array.from({ length }, (_, index) => manyRecord(n + index, total, now));
    const { trouble } = engine.write({
      number,
      sender: 'bench',
      now,
      records,
      bodies: [],
      counts: [],
      calls: [],
    });
    if (trouble) throw new Error(trouble);
  }
  engine.close();
}
