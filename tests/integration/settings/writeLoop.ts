// A process that writes settings as fast as it can, until it is killed: `node writeLoop.ts <dataDir>`.
import { createLog } from '../../../main/base/log.ts';
import { createRedactor } from '../../../main/base/redact.ts';
import { createConfigStore } from '../../../main/store/configStore.ts';
import { openConfSettingsFile } from '../../../main/store/confSettingsFile.ts';

const redactor = createRedactor();
const store = createConfigStore({
  file: openConfSettingsFile(process.argv[2] ?? ''),
  log: createLog({ level: 'error', sink: () => {}, redactor, now: Date.now }),
  redactor,
  now: Date.now,
});
const { document } = store.load('throw');
let count = Number(document.count ?? 0);
for (;;) {
  count++;
  // As long as the count says, so that a mixture of two documents shows.
  store.write({ ...document, count, filler: Array.from({ length: (count % 50) * 40 }, () => count) });
  if (process.send && count % 3 === 0) process.send('writing');
  await new Promise((resolve) => setImmediate(resolve));
}
