// Adds records as fast as a busy gateway would, tells how many, and waits to be killed. `node loadChild.ts FILE`
import { setTimeout as sleep } from 'node:timers/promises';
import { createUsageStore } from '../../../main/store/usage/createUsageStore.ts';
import { sampleRecord } from '../../unit/usage/sampleRecord.ts';

const file = process.argv[2];
if (!file) throw new Error('which file?');
const store = await createUsageStore({
  file,
  retentionDays: 90,
  maxDatabaseMB: 512,
  timeZone: 'UTC',
  onTrouble: (reason) => console.log(`trouble ${reason}`),
});
const run = `${process.pid}-${Date.now()}`;
let flushed = Promise.resolve();
for (let n = 1; ; n++) {
  store.add(sampleRecord({ id: `${run}-${n}`, clientModel: run }));
  store.count({ scope: 'clientKey:default', day: '2026-10-14', requests: 1, tokens: 1, costUsd: 0 });
  if (n % 20 !== 0) continue;
  console.log(`added ${run} ${n}`);
  if (n % 1000 === 0) flushed = store.flush().then(() => console.log(`flushed ${run} ${n}`));
  if (n % 4000 === 0) await flushed;
  await sleep(5);
}
