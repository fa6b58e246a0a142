// Adds records while its disk reports errors, and prints what the store did. `node ioErrorChild.ts FILE`
import { setTimeout as sleep } from 'node:timers/promises';
import { createUsageStore } from '../../../main/store/usage/createUsageStore.ts';
import { sampleRecord } from '../../unit/usage/sampleRecord.ts';

const file = process.argv[2];
if (!file) throw new Error('which file?');
const troubles: (string | null)[] = [];
const store = await createUsageStore({
  file,
  retentionDays: 90,
  maxDatabaseMB: 512,
  timeZone: 'UTC',
  onTrouble: (reason) => troubles.push(reason),
});
const added = 1000;
for (let n = 0; n < added; n++) {
  store.add(sampleRecord());
  if (n % 10 === 0) await sleep(5);
}
for (let turn = 0; turn < 2000 && (troubles.length === 0 || troubles.at(-1) !== null); turn++)
  await sleep(10);
await store.flush();
const { totals } = await store.summary({ span: '24h', now: Date.now(), timeZone: 'UTC' });
await store.close();
console.log(JSON.stringify({ troubles, stored: totals.requests, added }));
