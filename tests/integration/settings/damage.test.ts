import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createConfigStore } from '../../../main/store/configStore.ts';
import { openConfSettingsFile } from '../../../main/store/confSettingsFile.ts';
import { parseSettings, parseSettingsBytes } from '../../../main/store/parseSettings.ts';
import { testLog } from '../../unit/store/testLog.ts';
import { cleanUp, newDataDir, startSettings } from './settingsBench.ts';

afterEach(() => cleanUp(() => {}));

/** The same numbers in every run, so that a failure can be looked at. */
function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const writeLoop = fileURLToPath(new URL('./writeLoop.ts', import.meta.url));

/** Starts the loop and kills it somewhere in the middle of its writing. */
async function killWhileWriting(dataDir: string, delayMs: number): Promise<void> {
  const child = fork(writeLoop, [dataDir], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors += String(chunk)));
  const exited = once(child, 'exit');
  const writing = await Promise.race([once(child, 'message').then(() => true), exited.then(() => false)]);
  if (!writing) throw new Error(`the writer ended by itself: ${errors}`);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  child.kill('SIGKILL');
  await exited;
}

function checkWhole(file: string): number {
  const document = parseSettingsBytes(fs.readFileSync(file), path.basename(file));
  parseSettings(document);
  const { count, filler } = document as { count: number; filler: number[] };
  expect(filler).toHaveLength((count % 50) * 40);
  expect(filler.every((item) => item === count)).toBe(true);
  return count;
}

test('killed 200 times while it writes, the file is the old one or the new one', {
  timeout: 240_000,
}, async () => {
  const random = seededRandom(7);
  const lane = async (rounds: number): Promise<string> => {
    const dataDir = newDataDir();
    let last = 0;
    for (let round = 0; round < rounds; round++) {
      await killWhileWriting(dataDir, random(12));
      const count = checkWhole(path.join(dataDir, 'settings.json'));
      expect(count).toBeGreaterThan(last);
      // The copy is written after the file: it is at most one write behind.
      expect(checkWhole(path.join(dataDir, 'settings.json.bak'))).toBeGreaterThanOrEqual(count - 1);
      last = count;
    }
    return dataDir;
  };
  const [dataDir] = await Promise.all([lane(100), lane(100)]);
  const { config } = await startSettings({ ...(dataDir ? { dataDir } : {}) });
  expect(config.settings.count).toBeGreaterThan(200);
});

test('500 truncations and flipped bits: it always starts, and never loses the last good copy', async () => {
  const dataDir = newDataDir();
  const endpoints = Array.from({ length: 5 }, (_, index) => ({
    id: `endpoint-${index}`,
    baseUrl: `http://host-${index}.example/v1`,
    accounts: [{ id: 'a1', secret: { vault: `account/endpoint-${index}/a1` } }],
    modelMapping: { 'gpt-4': 'gpt-4o' },
  }));
  const first = await startSettings({ dataDir, settings: { endpoints } });
  await first.config.edit((draft) => {
    draft.routing.maxAttempts = 5;
  });
  await first.stop();
  const settings = path.join(dataDir, 'settings.json');
  const good = fs.readFileSync(settings);
  const random = seededRandom(11);
  const { log, redactor } = testLog();
  const outcomes = { rescued: 0, valid: 0 };
  for (let round = 0; round < 500; round++) {
    fs.writeFileSync(`${settings}.bak`, good);
    const bad = Buffer.from(good);
    const cut = round % 2 === 0;
    if (!cut)
      for (let flips = 1 + random(4); flips > 0; flips--) {
        const at = random(bad.length);
        bad[at] = (bad[at] ?? 0) ^ (1 << random(8));
      }
    fs.writeFileSync(settings, cut ? bad.subarray(0, random(bad.length)) : bad);
    const store = createConfigStore({ file: openConfSettingsFile(dataDir), log, redactor, now: Date.now });
    const loaded = store.load('throw');
    parseSettings(loaded.document);
    if (loaded.rescue) {
      outcomes.rescued++;
      expect(loaded.document).toEqual(JSON.parse(good.toString()));
    } else outcomes.valid++;
    expect(fs.readFileSync(`${settings}.bak`).equals(good)).toBe(true);
  }
  expect(outcomes.rescued).toBeGreaterThan(300);
  fs.writeFileSync(settings, good.subarray(0, 200));
  const { config, problems } = await startSettings({ dataDir });
  expect(config.settings.endpoints).toHaveLength(5);
  expect(problems.list().some(({ code }) => code === 'settings-invalid')).toBe(true);
  expect(fs.readFileSync(settings).equals(good)).toBe(true);
});
