// The scenarios in which something goes wrong: what the SDK's user is told, and that nothing is left running.
import { expect } from 'vitest';
import { eventually } from '../fakes/testCore.ts';
import type { Cell } from './cell.ts';
import type { SeenError } from './clients/client.ts';
import type { Scenario } from './scenarios.ts';

async function failing(cell: Cell, place: string, onEvent?: () => void): Promise<SeenError> {
  const dialog = cell.open({ user: 'tell me a long and winding story' }, { failing: place, onEvent });
  const error = await dialog.say().then(
    (seen) => {
      throw new Error(`it did not fail: ${JSON.stringify(seen)}`);
    },
    (thrown: unknown) => thrown,
  );
  return cell.client.readError(error);
}

/** A caller's mistake comes back with the upstream's words; what is the upstream's fault comes back as such. */
async function errorBefore(cell: Cell): Promise<void> {
  const { upstream } = cell;
  const { errorName } = cell.client;
  upstream.set(upstream.faults.mistake.fault);
  const mistake = await failing(cell, 'mistake');
  expect(mistake).toMatchObject({ name: errorName(400), status: 400 });
  expect(mistake.message).toMatch(upstream.faults.mistake.says);
  upstream.set(upstream.faults.overloaded.fault);
  const overloaded = await failing(cell, 'overloaded');
  expect(overloaded.status).toBeGreaterThanOrEqual(500);
  expect(overloaded.name).toBe(errorName(overloaded.status ?? 0));
  expect(overloaded.message).toMatch(upstream.faults.overloaded.says);
  upstream.set('429:7');
  const limited = await failing(cell, 'limited');
  expect(limited.status === 429 || limited.status === 503).toBe(true);
  expect(limited.name).toBe(errorName(limited.status ?? 0));
}

/** Where the kind is spoken to by this client, learnt from a request that goes well. */
async function pathOf(cell: Cell): Promise<string> {
  await cell.open({ user: 'hello' }).say();
  return cell.entries.at(-1)?.path ?? '';
}

async function errorWithin(cell: Cell): Promise<void> {
  const { upstream, bench } = cell;
  const path = await pathOf(cell);
  upstream.set(upstream.faults.cut(path, cell.stream));
  let events = 0;
  const cut = await failing(cell, 'cut', () => (events += 1));
  expect(cut.message).not.toBe('');
  if (!cell.stream) {
    expect(cut.status).toBeGreaterThanOrEqual(500);
    expect(cut.name).toBe(cell.client.errorName(cut.status ?? 0));
    return;
  }
  expect(events).toBeGreaterThan(0);
  // In-band, in words: a socket that just closes would read "terminated".
  expect(cut.message).not.toMatch(/terminated|premature|socket/i);
  expect(
    await eventually(
      () => bench.gateway.record(),
      ({ status }) => status !== 'ok',
    ),
  ).toMatchObject({
    status: 'cut',
  });
  const error = upstream.faults.error(path);
  upstream.set(error.fault);
  events = 0;
  const told = await failing(cell, 'told', () => (events += 1));
  expect(events).toBeGreaterThan(0);
  expect(told.message).toMatch(error.says);
}

async function abort(cell: Cell): Promise<void> {
  const { upstream, bench } = cell;
  const path = await pathOf(cell);
  upstream.reset();
  upstream.set(cell.stream ? upstream.faults.stall(path) : 'blackhole');
  const leaving = new AbortController();
  const dialog = cell.open(
    { user: 'tell me a story without end' },
    { failing: 'left', onEvent: () => leaving.abort() },
  );
  const said = dialog.say(leaving.signal).then(
    () => 'answered',
    () => 'rejected',
  );
  if (!cell.stream) {
    await upstream.waitFor((entries) => entries.length > 0);
    leaving.abort();
  }
  expect(await said).toBe('rejected');
  await upstream.waitFor((entries) => entries.at(-1)?.ended === 'client');
  expect(cell.entries).toHaveLength(1);
  expect(
    await eventually(
      () => bench.gateway.record(),
      ({ status }) => status === 'cancelled',
    ),
  ).toMatchObject({
    status: 'cancelled',
  });
}

export const failures: readonly Scenario[] = [
  {
    title: 'error before the first byte',
    fails: ['mistake', 'overloaded', 'limited'],
    run: errorBefore,
  },
  { title: 'error mid-stream', fails: ['cut', 'told'], run: errorWithin },
  { title: 'abort', fails: ['left'], run: abort },
];
