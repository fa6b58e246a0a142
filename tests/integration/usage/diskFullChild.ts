// Runs inside a mount namespace of its own: fills a tiny disk again and again and prints what the store did. `node diskFullChild.ts FOLDER`
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUsageStore } from '../../../main/store/usage/createUsageStore.ts';
import { sampleRecord } from '../../unit/usage/sampleRecord.ts';

const folder = process.argv[2];
if (!folder) throw new Error('which folder?');
const filler = join(folder, 'filler');
const troubles: (string | null)[] = [];
mkdirSync(join(folder, 'data'), { mode: 0o700 });
const store = await createUsageStore({
  file: join(folder, 'data', 'usage.db'),
  retentionDays: 90,
  maxDatabaseMB: 512,
  timeZone: 'UTC',
  onTrouble: (reason) => troubles.push(reason),
});

function fill(): void {
  for (let kilobytes = 4096; kilobytes >= 1; ) {
    try {
      writeFileSync(filler, Buffer.alloc(kilobytes * 1024), { flag: 'a' });
    } catch {
      kilobytes = Math.floor(kilobytes / 2);
    }
  }
}

async function waitFor(condition: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 1500 && !condition(); turn++) await sleep(10);
  return condition();
}

let added = 0;
const rounds: unknown[] = [];
for (let round = 0; round < 5; round++) {
  fill();
  const before = troubles.length;
  for (let n = 0; n < 400; n++) {
    added += 1;
    store.add(sampleRecord({ id: `n-${added}` }));
    store.count({ scope: 'a', day: '2026-10-14', requests: 1, tokens: 1, costUsd: 0 });
    if (n % 40 === 0) await sleep(5);
  }
  const noticed = await waitFor(() => troubles.length > before);
  const answered = (await store.list({ limit: 5 })).records.length;
  rmSync(filler);
  const recovered = await waitFor(() => troubles.at(-1) === null);
  await store.flush();
  const { totals } = await store.summary({ span: '24h', now: Date.now(), timeZone: 'UTC' });
  const { days } = await store.restore('2026-10-14', 0);
  rounds.push({ noticed, answered, recovered, stored: totals.requests, counted: days[0]?.requests, added });
}
await store.close();
console.log(JSON.stringify({ troubles, rounds }));
