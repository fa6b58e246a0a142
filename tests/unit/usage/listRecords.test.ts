import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  type RecordFilter,
  type RecordPage,
  type RequestRecord,
  recordSchema,
} from '../../../main/contract/schemas/record.ts';
import { failedRecord, sampleRecord } from './sampleRecord.ts';
import { type TestEngine, testEngine } from './testEngine.ts';

const now = Date.UTC(2026, 9, 14, 12);

function page({ engine }: TestEngine, filter: Partial<RecordFilter> = {}): RecordPage {
  return engine.ask({ name: 'list', filter: { limit: 100, ...filter } }) as RecordPage;
}

/** All pages of a filter; every page must lead on. */
function everything(store: TestEngine, filter: Partial<RecordFilter>): RequestRecord[] {
  const found: RequestRecord[] = [];
  let cursor: string | undefined;
  for (let turn = 0; turn < 1000; turn++) {
    const { records, nextCursor } = page(store, { ...filter, cursor });
    found.push(...records);
    if (nextCursor === null) return found;
    expect(nextCursor).not.toBe(cursor);
    cursor = nextCursor;
  }
  throw new Error('the pages never end');
}

const idsOf = (records: readonly RequestRecord[]) => records.map(({ id }) => id);

describe('the list of records', () => {
  test('gives back what was stored', () => {
    const store = testEngine();
    const records = [
      sampleRecord({ time: now + 1 }),
      failedRecord({ time: now, endpointId: null, accountId: null }),
    ];
    store.write(records);
    expect(page(store)).toEqual({ records, nextCursor: null });
    expect(store.engine.ask({ name: 'get', id: records[1]?.id ?? '' })).toEqual(records[1]);
    expect(store.engine.ask({ name: 'get', id: 'nobody' })).toBeNull();
  });

  test('reads what older versions passed over without a code', () => {
    const store = testEngine();
    const record = sampleRecord({ time: now });
    store.write([record]);
    const old = new Database(store.file);
    old
      .prepare('UPDATE records SET skipped = ?, route_order = NULL')
      .run(JSON.stringify([['azure', null, 'cooling down: slow', 5]]));
    old.close();
    const [found] = page(store).records;
    expect(found).toMatchObject({
      order: null,
      skipped: [
        {
          endpointId: 'azure',
          accountId: null,
          code: null,
          facts: {},
          reason: 'cooling down: slow',
          until: 5,
        },
      ],
    });
    expect(recordSchema.safeParse(found).success).toBe(true);
  });

  test('is narrowed to an account of an endpoint, and to what was slow', () => {
    const store = testEngine();
    const fast = sampleRecord({ time: now, firstTokenMs: 200, totalMs: 9000 });
    const slow = sampleRecord({ time: now + 1, firstTokenMs: 5000, accountId: 'a2' });
    const whole = sampleRecord({ time: now + 2, firstTokenMs: null, totalMs: 3000, endpointId: 'groq' });
    store.write([fast, slow, whole]);
    expect(idsOf(everything(store, { slowMs: 3000 }))).toEqual(idsOf([whole, slow]));
    expect(idsOf(everything(store, { endpointId: 'openai', accountId: 'a1' }))).toEqual(idsOf([fast]));
    expect(idsOf(everything(store, { accountId: 'a1', slowMs: 1000 }))).toEqual(idsOf([whole]));
  });

  test('is ordered by arrival, however records came in, also within one millisecond', () => {
    const store = testEngine();
    const records = Array.from({ length: 2500 }, (_, n) =>
      sampleRecord({ time: now + Math.floor(n / 2400) }),
    );
    const late = sampleRecord({ time: now - 5000 });
    store.write(records.slice(0, 2000));
    store.write([late, ...records.slice(2000)]);
    expect(idsOf(everything(store, { limit: 7 }))).toEqual(idsOf([...records].reverse().concat(late)));
  });

  test('pages stay as they are while new records arrive', () => {
    const store = testEngine();
    const old = Array.from({ length: 50 }, (_, n) => sampleRecord({ time: now + n }));
    store.write(old);
    const found: RequestRecord[] = [];
    let cursor: string | undefined;
    for (let turn = 0; turn < 10; turn++) {
      const { records, nextCursor } = page(store, { limit: 10, cursor });
      found.push(...records);
      store.write([sampleRecord({ time: now + 100 + turn }), sampleRecord({ time: now + 100 + turn })]);
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    expect(idsOf(found)).toEqual(idsOf(old.toReversed()));
  });

  test('a cursor that is none leads nowhere', () => {
    const store = testEngine();
    store.write([sampleRecord()]);
    for (const cursor of ['', '-1', '1;DROP TABLE records', 'é', '9'.repeat(400)]) {
      expect(page(store, { cursor })).toEqual({ records: [], nextCursor: null });
    }
  });

  test('every filter, and every pair of filters, finds what a plain search of all records finds', () => {
    const store = testEngine({ timeZone: 'America/New_York' });
    const models = ['gpt-4o', 'claude-sonnet', 'gemini'];
    const records = Array.from({ length: 600 }, (_, n) => {
      const make = n % 7 === 0 ? failedRecord : sampleRecord;
      return make({
        time: now - n * 3_600_000,
        ...(n % 11 === 0 ? { status: 'cancelled' as const } : {}),
        clientModel: models[n % 3] ?? '',
        upstreamModel: n % 10 === 0 ? `up-${n % 4}` : (models[n % 3] ?? ''),
        endpointId: n % 14 === 0 ? null : `e${n % 4}`,
        clientKeyId: n > 500 ? 'late' : `k${n % 2}`,
        ...(n % 49 === 0 ? { errorMessage: `quota (${n}) used_up` } : {}),
      });
    });
    store.write(records);
    const contains = (text: string | null, part: string) =>
      (text ?? '').toLowerCase().includes(part.toLowerCase());
    const parts: [Partial<RecordFilter>, (record: RequestRecord) => boolean][] = [
      [{}, () => true],
      [{ status: 'ok' }, ({ status }) => status === 'ok'],
      [{ status: 'failed' }, ({ status }) => status === 'failed'],
      [{ status: 'cut' }, ({ status }) => status === 'cut'],
      [{ model: 'gemini' }, ({ clientModel }) => clientModel === 'gemini'],
      [{ model: 'none' }, () => false],
      [{ endpointId: 'e2' }, ({ endpointId }) => endpointId === 'e2'],
      [{ clientKeyId: 'late' }, ({ clientKeyId }) => clientKeyId === 'late'],
      [{ since: now - 99 * 3_600_000 }, ({ time }) => time >= now - 99 * 3_600_000],
      [{ until: now - 99 * 3_600_000 }, ({ time }) => time <= now - 99 * 3_600_000],
      [{ search: 'CLAUDE' }, (r) => contains(r.clientModel, 'claude') || contains(r.upstreamModel, 'claude')],
      [{ search: 'up-2' }, ({ upstreamModel }) => contains(upstreamModel, 'up-2')],
      [{ search: 'upstream_error' }, ({ errorCode }) => errorCode === 'upstream_error'],
      [{ search: 'QUOTA (98) used' }, ({ errorMessage }) => contains(errorMessage, 'quota (98) used')],
    ];
    for (const [a, matchesA] of parts) {
      for (const [b, matchesB] of parts) {
        if (Object.keys(a).some((name) => name in b)) continue;
        const expected = records.filter((record) => matchesA(record) && matchesB(record));
        const filter = { ...a, ...b, limit: 17 };
        expect([filter, idsOf(everything(store, filter))]).toEqual([filter, idsOf(expected)]);
      }
    }
  });

  test('signs that mean something to SQL mean themselves in a search', () => {
    const store = testEngine();
    const odd = ['100%', 'a_b', 'back\\slash', "quo'te", 'x; --', '%_'].map((errorMessage, n) =>
      failedRecord({ time: now + n, errorMessage, clientModel: 'plain' }),
    );
    store.write([
      ...odd,
      failedRecord({ time: now - 1, errorMessage: 'aXb and 1000', clientModel: 'plain' }),
    ]);
    const found = (search: string) => page(store, { search }).records.map(({ errorMessage }) => errorMessage);
    expect(found('100%')).toEqual(['100%']);
    expect(found('a_b')).toEqual(['a_b']);
    expect(found('k\\s')).toEqual(['back\\slash']);
    expect(found("o't")).toEqual(["quo'te"]);
    expect(found('; --')).toEqual(['x; --']);
    expect(found('%_')).toEqual(['%_']);
    expect(found('%'.repeat(100))).toEqual([]);
  });

  test('an id, or its beginning, is found at once', () => {
    const store = testEngine();
    const records = Array.from({ length: 30 }, (_, n) => sampleRecord({ time: now + n }));
    store.write(records);
    const wanted = records[3] as RequestRecord;
    expect(idsOf(page(store, { search: wanted.id }).records)).toEqual([wanted.id]);
    expect(idsOf(page(store, { search: wanted.id.slice(0, 12) }).records)).toContain(wanted.id);
    expect(page(store, { search: wanted.id, status: 'failed' }).records).toEqual([]);
  });

  test('looks through a million rows in turns: a page without a find still leads on', () => {
    const store = testEngine();
    // One rare request on each of many days full of others: the days do not help here.
    const records = Array.from({ length: 9000 }, (_, n) =>
      sampleRecord({ time: now - n * 1000, endpointId: n === 8999 ? 'rare' : 'common' }),
    );
    store.write(records);
    const first = store.engine.ask({ name: 'list', filter: { limit: 10, endpointId: 'rare' } }) as RecordPage;
    expect(idsOf(first.records)).toEqual([records.at(-1)?.id]);
    expect(idsOf(everything(store, { endpointId: 'rare', limit: 1 }))).toEqual([records.at(-1)?.id]);
  });
});
