import { expect, test } from 'vitest';
import { migrations } from '../../../main/store/usage/migrations.ts';
import { openDatabase } from '../../../main/store/usage/openDatabase.ts';
import type { ClientKeyActivity } from '../../../main/store/usage/usageStore.ts';
import { sampleRecord } from './sampleRecord.ts';
import { testEngine, testFolder } from './testEngine.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 9, 14, 12, 34, 56);
const midnight = Date.UTC(2026, 9, 14);

function activityAt(engine: ReturnType<typeof testEngine>['engine'], moment = now) {
  return engine.ask({ name: 'clientKeyActivity', now: moment }) as ClientKeyActivity[];
}

test('tells since when a program uses a key, when last, and how often today', () => {
  const { engine, write } = testEngine();
  const curl = (time: number) => sampleRecord({ time, userAgent: 'curl/8.5.0' });
  write([curl(midnight - 2 * hour), curl(midnight - 1), curl(midnight + 5)]);
  write([curl(now - 10), sampleRecord({ time: now - 20, userAgent: 'OpenAI/JS 6.49.0' })]);
  // A record that was written late takes nothing back.
  write([curl(midnight - 30 * hour)]);
  expect(activityAt(engine)[0]?.agents).toEqual([
    { userAgent: 'curl/8.5.0', firstUsedAt: midnight - 30 * hour, lastUsedAt: now - 10, requestsToday: 2 },
    { userAgent: 'OpenAI/JS 6.49.0', firstUsedAt: now - 20, lastUsedAt: now - 20, requestsToday: 1 },
  ]);
  const tomorrow = activityAt(engine, now + 24 * hour)[0];
  expect(tomorrow?.agents.map(({ requestsToday }) => requestsToday)).toEqual([0, 0]);
});

test('tells apart who came with a secret that had been replaced', () => {
  const { engine, write } = testEngine();
  write([
    sampleRecord({ time: now - 30, userAgent: 'moved/1' }),
    sampleRecord({ time: now - 20, userAgent: 'late/1', oldSecret: true }),
    sampleRecord({ time: now - 10, userAgent: 'late/1', oldSecret: true }),
  ]);
  const activity = activityAt(engine);
  expect(activity).toHaveLength(1);
  expect(activity[0]?.agents.map(({ userAgent }) => userAgent)).toEqual(['late/1', 'moved/1']);
  expect(activity[0]?.oldSecretAgents).toEqual([
    { userAgent: 'late/1', firstUsedAt: now - 20, lastUsedAt: now - 10, requestsToday: 2 },
  ]);
});

test('counts each key’s last 24 hours, the running one last', () => {
  const { engine, write } = testEngine();
  const at = (time: number, clientKeyId = 'default') => sampleRecord({ time, clientKeyId });
  write([
    at(now),
    at(now - hour),
    at(now - hour),
    at(now - 23 * hour),
    at(now - 24 * hour),
    at(now, 'other'),
  ]);
  const [first, other] = [...activityAt(engine)].sort((a, b) => (a.clientKeyId < b.clientKeyId ? -1 : 1));
  expect(first?.hours).toEqual([1, ...new Array(21).fill(0), 2, 1]);
  expect(other?.hours).toEqual([...new Array(23).fill(0), 1]);
});

test('counts what each key asked for today, from midnight on, whatever its programs are called', () => {
  const { engine, write } = testEngine();
  const midnight = now - (now % (24 * hour));
  const at = (time: number, userAgent = 'curl/8') => sampleRecord({ time, userAgent });
  write([at(midnight - 1), at(midnight), at(midnight + 1)]);
  for (let n = 0; n < 30; n++) write([at(midnight + n, `bot-${n}/1`)]);
  expect(activityAt(engine)[0]?.requestsToday).toBe(32);
});

test('keeps the newest few of each key', () => {
  const { engine, write } = testEngine();
  for (let n = 0; n < 40; n++) write([sampleRecord({ time: now + n, userAgent: `bot-${n}/1` })]);
  write([sampleRecord({ time: now, userAgent: 'curl/8', clientKeyId: 'other' })]);
  const agents = activityAt(engine).find(({ clientKeyId }) => clientKeyId === 'default')?.agents ?? [];
  expect(agents[0]?.userAgent).toBe('bot-39/1');
  expect(agents.length).toBeGreaterThanOrEqual(20);
  expect(agents.length).toBeLessThan(40);
});

test('knows no first day of those it met before it noted one', () => {
  const file = `${testFolder()}/usage.db`;
  const old = openDatabase(file, migrations.slice(0, 1));
  old
    .prepare('INSERT INTO agents (client_key, user_agent, last_used) VALUES (?, ?, ?)')
    .run('default', 'curl/8', 5);
  old.close();
  const { engine, write } = testEngine({ file });
  write([sampleRecord({ time: now, userAgent: 'curl/8' })]);
  expect(activityAt(engine)[0]?.agents).toEqual([
    { userAgent: 'curl/8', firstUsedAt: null, lastUsedAt: now, requestsToday: 1 },
  ]);
});
