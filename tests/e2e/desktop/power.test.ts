// The machine sleeps, wakes, and loses its network, while the desktop has requests on their way.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wordsFor } from '../../../main/desktop/words.ts';
import type { TrayRow } from '../../electron/answerDriver.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createWire, type Wire } from '../../fakes/wire.ts';
import { chat, clientKey } from './client.ts';
import type { Desktop } from './desktop.ts';
import { launchDesktop } from './driver.ts';
import { gatewayOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';

const en = wordsFor('en', 'en');

let dataDir: string;
let desktop: Desktop;
let upstream: FakeUpstream;
let wire: Wire;

beforeEach(async () => {
  dataDir = makeDataDir();
  upstream = await createFakeUpstream({ name: 'far', models: ['demo'] });
  wire = await createWire(upstream.port);
  const endpoint = {
    id: 'far',
    name: 'Far',
    baseUrl: `http://127.0.0.1:${wire.port}/v1`,
    models: ['demo'],
  };
  writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify({ endpoints: [endpoint] }));
  desktop = await launchDesktop({ dataDir, args: ['--hidden'], env: { SLUICE_CLIENT_KEY: clientKey } });
  await until(desktop.tray.look, (look) => look === 'on');
});
afterEach(async () => {
  await desktop?.kill();
  await wire?.close();
  await upstream?.close();
  removeDataDir(dataDir);
});

const allOf = (rows: readonly TrayRow[]): TrayRow[] => rows.flatMap((row) => [row, ...allOf(row.submenu)]);
const labels = async () => allOf(await desktop.tray.rows()).map(({ label }) => label);

const reached = (count: number) =>
  until(
    () => upstream.journal.entries.length,
    (seen) => seen >= count,
  );

test('requests that slept with the machine are answered after it, and their account stays healthy', async () => {
  const base = gatewayOf(dataDir);
  expect((await chat(base)).status).toBe(200);
  upstream.script(...Array(6).fill('blackhole'));
  const waiting = Array.from({ length: 6 }, () => chat(base));
  await reached(7);
  await desktop.power('suspend');
  wire.reset();
  await desktop.power('resume');
  for (const { status, text } of await Promise.all(waiting)) {
    expect(status).toBe(200);
    expect(text).toContain('far says');
  }
  await expect.poll(() => labels()).toContain('● Far');
  await until(desktop.tray.look, (look) => look === 'on');
});

test('connections that died in silence are not used again', async () => {
  const base = gatewayOf(dataDir);
  await Promise.all(Array.from({ length: 6 }, () => chat(base)));
  await desktop.power('suspend');
  wire.freeze();
  await desktop.power('resume');
  for (const { status } of await Promise.all(Array.from({ length: 6 }, () => chat(base))))
    expect(status).toBe(200);
});

test('a computer without a network says so, blames no endpoint, and is well again with it', async ({
  skip,
}) => {
  if (desktop.kind === 'electron') skip('nobody but a person can pull a real cable');
  const base = gatewayOf(dataDir);
  await desktop.setOnline(false);
  await until(labels, (shown) => shown.includes(en.problems.offline));
  await expect.poll(() => desktop.tray.look()).toBe('trouble');
  await wire.close();
  for (const { status, text } of await Promise.all(Array.from({ length: 8 }, () => chat(base)))) {
    expect(status).toBe(502);
    expect(text).toContain('This computer is offline');
  }
  await expect.poll(() => labels()).toContain('● Far');
  await desktop.setOnline(true);
  await until(labels, (shown) => !shown.includes(en.problems.offline));
  await expect.poll(() => desktop.tray.look()).toBe('on');
});

test('with the machine it ends at once, and nothing of it stays behind', async () => {
  const base = gatewayOf(dataDir);
  upstream.script('blackhole');
  const cut = chat(base).catch(() => null);
  await reached(1);
  await desktop.power('shutdown');
  expect(await desktop.exited).toBe(0);
  expect(gatewayOf(dataDir)).toBeNull();
  await cut;
});
