// How long each operation that a page asks for takes over HTTP, with a month of records in the store.
import path from 'node:path';
import { startGateway } from './gateway.ts';
import { manyRecord, writeManyRecords } from './manyRecords.ts';

const answerGoalMs = 200;

export interface Answer {
  name: string;
  bestMs: number;
  worstMs: number;
}

const adminToken = 'sluice-bench-admin-token-0123456789';

/** The endpoints, accounts and keys that the records speak of. */
function settings() {
  const names = ['gpt-5.2', 'gpt-4o', 'claude-sonnet-4-5', 'gemini-2.5-pro', 'deepseek-chat', 'qwen3-max'];
  return {
    version: 1,
    clientKeys: Array.from({ length: 6 }, (_, n) => ({
      id: `key-${n}`,
      name: `Client ${n}`,
      secret: `sluice-bench-key-${n}-0123456789`,
    })),
    endpoints: Array.from({ length: 5 }, (_, n) => ({
      id: `endpoint-${n}`,
      baseUrl: `http://127.0.0.1:${9 + n}/v1`,
      models: [...names, ...Array.from({ length: 40 }, (_unused, m) => `model-${n}-${m}`)],
      accounts: [0, 1, 2].map((a) => ({ id: `a${a}`, secret: `sk-bench-${n}-${a}-0123456789` })),
    })),
  };
}

function questions(total: number, now: number): [name: string, path: string][] {
  const records = (filter: string) => `/records?limit=100&${filter}`;
  const day = 86_400_000;
  return [
    ['status', '/gateway'],
    ['endpoints', '/endpoints'],
    ['presets', '/endpoints/presets'],
    ['client keys', '/client-keys'],
    ['models', '/models'],
    ['settings', '/settings'],
    ['records: last six', '/records?limit=6'],
    ['records: first page', records('')],
    ['records: failed', records('status=failed')],
    ['records: of a model', records('model=glm-4.6')],
    ['records: of an endpoint', records('endpointId=endpoint-2')],
    ['records: of a client key', records('clientKeyId=key-5')],
    ['records: three filters', records('model=glm-4.6&endpointId=endpoint-2&clientKeyId=key-5')],
    ['records: a day', records(`since=${now - 9 * day}&until=${now - 8 * day}`)],
    ['records: search, found', records('search=gpt')],
    ['records: search, in errors', records(`search=${encodeURIComponent('(976)')}`)],
    ['records: search, nothing', records('search=zzzzzzzz')],
    ['one record', `/records/${manyRecord(4321, total, now).id}`],
    ...['1h', '24h', '7d', '30d'].flatMap((span): [string, string][] => [
      [`summary ${span}`, `/usage/summary?span=${span}`],
      [`series ${span}`, `/usage/series?span=${span}`],
    ]),
    ['heat map', '/usage/heat-map'],
    ['last minute', '/usage/live'],
  ];
}

async function timed(url: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${adminToken}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return performance.now() - begun;
}

/** Seeds `total` records and asks everything `rounds` times; the first round, in which all is cold, is not counted. */
export async function measureAnswers(total: number, rounds: number): Promise<Answer[]> {
  const now = Date.now();
  const gateway = await startGateway('', null, {
    settings: settings(),
    adminToken,
    prepare: (dataDir) =>
      writeManyRecords(
        { file: path.join(dataDir, 'usage.db'), retentionDays: 90, maxDatabaseMB: 65_536, timeZone: 'local' },
        total,
        now,
      ),
  });
  try {
    const control = gateway.url.replace(/\/v1$/, '/control');
    const asked = questions(total, now).map(([name, place]) => ({
      name,
      url: control + place,
      times: [] as number[],
    }));
    for (let round = 0; round <= rounds; round += 1) {
      for (const { url, times } of asked) {
        const ms = await timed(url);
        if (round > 0) times.push(ms);
      }
    }
    return asked.map(({ name, times }) => ({
      name,
      bestMs: Math.min(...times),
      worstMs: Math.max(...times),
    }));
  } finally {
    await gateway.stop();
  }
}

export function formatAnswers(total: number, rounds: number, answers: readonly Answer[]): string {
  const lines = answers.map(
    ({ name, bestMs, worstMs }) =>
      `${name.padEnd(28)} ${bestMs.toFixed(1).padStart(8)} ${worstMs.toFixed(1).padStart(8)}  ${bestMs < answerGoalMs ? 'met' : 'missed'}`,
  );
  return [
    `What the pages ask for, over HTTP, with ${total.toLocaleString('en')} records; ${rounds} times each; goal < ${answerGoalMs} ms`,
    `${'operation'.padEnd(28)} ${'best ms'.padStart(8)} ${'worst ms'.padStart(8)}`,
    ...lines,
  ].join('\n');
}
