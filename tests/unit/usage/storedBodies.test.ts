import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RecordBodies } from '../../../main/contract/schemas/bodies.ts';
import { sampleRecord } from './sampleRecord.ts';
import { testEngine } from './testEngine.ts';

const day = 86_400_000;
const now = Date.parse('2026-10-14T12:00:00Z');

function bodies(text: string): RecordBodies {
  const body = { text, mediaType: 'application/json', bytes: text.length, isCut: false };
  return { request: body, answer: { ...body, text: `${text}!` } };
}

/** Text that does not deflate. */
function noise(characters: number): string {
  let state = 1;
  return Array.from({ length: characters }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}

describe('stored bodies', () => {
  test('come back as they were, by the id of their record', () => {
    const { engine, write } = testEngine();
    write([sampleRecord({ id: 'a', time: now }), sampleRecord({ id: 'b', time: now })], {
      bodies: [{ recordId: 'a', bodies: bodies('你好 "hello"') }],
    });
    expect(engine.ask({ name: 'bodies', id: 'a' })).toEqual(bodies('你好 "hello"'));
    expect(engine.ask({ name: 'bodies', id: 'b' })).toBeNull();
    expect(engine.ask({ name: 'bodies', id: 'never' })).toBeNull();
  });

  test('may come in a later batch, and not without a record', () => {
    const { engine, write, rows } = testEngine();
    write([sampleRecord({ id: 'a', time: now })]);
    write([], {
      bodies: [
        { recordId: 'a', bodies: bodies('1') },
        { recordId: 'lost', bodies: bodies('2') },
      ],
    });
    expect(engine.ask({ name: 'bodies', id: 'a' })).toEqual(bodies('1'));
    expect(rows('SELECT count(*) AS n FROM bodies')).toEqual([{ n: 1 }]);
  });

  test('are stored deflated', () => {
    const { engine, file, write } = testEngine();
    write([sampleRecord({ id: 'a', time: now })], {
      bodies: [{ recordId: 'a', bodies: bodies('the same words '.repeat(10_000)) }],
    });
    engine.close();
    expect(readFileSync(file).length).toBeLessThan(120_000);
  });

  test('go after a week, their records stay', () => {
    const { engine, write, rows } = testEngine();
    const ages = [0, 6, 8, 40];
    write(
      ages.map((age) => sampleRecord({ id: `r${age}`, time: now - age * day })),
      { bodies: ages.map((age) => ({ recordId: `r${age}`, bodies: bodies('x') })) },
    );
    for (const _ of engine.prune(now) ?? []);
    expect(ages.map((age) => engine.ask({ name: 'bodies', id: `r${age}` }) !== null)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(rows('SELECT count(*) AS n FROM records')).toEqual([{ n: 4 }]);
  });

  test('go first, the oldest first, where the file is too large', () => {
    const { engine, write, rows } = testEngine();
    const large = noise(200_000);
    for (let n = 0; n < 100; n += 1) {
      const id = `r${n}`;
      write([sampleRecord({ id, time: now - 3_600_000 + n })], {
        bodies: [{ recordId: id, bodies: bodies(large) }],
      });
    }
    engine.configure({ retentionDays: 90, maxDatabaseMB: 16, timeZone: 'UTC' });
    expect(engine.isOversize()).toBe(true);
    for (const _ of engine.prune(now) ?? []);
    expect(engine.isOversize()).toBe(false);
    expect(rows('SELECT count(*) AS n FROM records')).toEqual([{ n: 100 }]);
    expect(engine.ask({ name: 'bodies', id: 'r0' })).toBeNull();
    expect(engine.ask({ name: 'bodies', id: 'r99' })).not.toBeNull();
  });
});
