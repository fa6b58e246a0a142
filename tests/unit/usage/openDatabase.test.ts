import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  DamagedDatabaseError,
  faultOf,
  NewerDatabaseError,
  reasonOf,
} from '../../../main/store/usage/faults.ts';
import { migrate, migrations } from '../../../main/store/usage/migrations.ts';
import { isNetworkFileSystem, openDatabase } from '../../../main/store/usage/openDatabase.ts';
import { testFolder } from './testEngine.ts';

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('opening usage.db', () => {
  test('makes it for its owner only, with a log, in a folder that may be missing', () => {
    const file = join(testFolder(), 'deep', 'er', 'usage.db');
    const db = openDatabase(file, migrations);
    db.prepare("REPLACE INTO state (name, value) VALUES ('a', 1)").run();
    for (const part of ['', '-wal', '-shm']) expect([part, modeOf(file + part)]).toEqual([part, 0o600]);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(1);
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    db.close();
    // Whoever opened it up to others: it is closed again.
    chmodSync(file, 0o644);
    openDatabase(file, migrations).close();
    expect(modeOf(file)).toBe(0o600);
  });

  test('refuses a newer schema and leaves the file as it is, also where only the log knows of it', () => {
    const file = join(testFolder(), 'usage.db');
    openDatabase(file, migrations).close();
    const newer = new Database(file);
    newer.pragma('user_version = 99');
    const inLog = readFileSync(file);
    expect(() => openDatabase(file, migrations)).toThrow(NewerDatabaseError);
    expect(readFileSync(file)).toEqual(inLog);
    newer.close();
    const inFile = readFileSync(file);
    expect(inFile).not.toEqual(inLog);
    const before = statSync(file);
    expect(() => openDatabase(file, migrations)).toThrow(/newer version \(schema 99/);
    expect(readFileSync(file)).toEqual(inFile);
    expect(statSync(file).mtimeMs).toBe(before.mtimeMs);
    expect(readdirSync(join(file, '..'))).toEqual(['usage.db']);
  });

  test('says that a file is damaged, be it another kind of file, cut short, or overwritten inside', () => {
    const folder = testFolder();
    const file = join(folder, 'usage.db');
    openDatabase(file, migrations).close();
    const sound = readFileSync(file);
    const overwritten = Buffer.from(sound);
    overwritten.fill(0xff, 4096, 4096 + 64);
    const cases = {
      text: Buffer.from('{"not":"a database"}'.repeat(20)),
      short: sound.subarray(0, 50),
      overwritten,
    };
    for (const [name, bytes] of Object.entries(cases)) {
      writeFileSync(file, bytes);
      let thrown: unknown;
      try {
        openDatabase(file, migrations).close();
      } catch (error) {
        thrown = error;
      }
      expect([name, faultOf(thrown)]).toEqual([name, 'damaged']);
      expect(readFileSync(file)).toEqual(bytes);
    }
    expect(existsSync(`${file}-wal`)).toBe(false);
  });
});

describe('migrating', () => {
  const steps = [
    'CREATE TABLE a (x)',
    'CREATE TABLE b (y); INSERT INTO b VALUES (1)',
    'ALTER TABLE a ADD COLUMN z',
  ];

  test('goes step by step, each once', () => {
    const db = new Database(join(testFolder(), 'usage.db'));
    migrate(db, steps.slice(0, 1));
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    migrate(db, steps);
    migrate(db, steps);
    expect(db.pragma('user_version', { simple: true })).toBe(3);
    expect(db.prepare('SELECT count(*) AS n FROM b').get()).toEqual({ n: 1 });
    db.close();
  });

  test('a step that fails half-way has not happened', () => {
    const db = new Database(join(testFolder(), 'usage.db'));
    const broken = [steps[0] ?? '', `${steps[1]}; THIS IS NO SQL`];
    expect(() => migrate(db, broken)).toThrow(/syntax error/);
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'b'").get()).toEqual({ n: 0 });
    migrate(db, steps);
    expect(db.prepare('SELECT count(*) AS n FROM b').get()).toEqual({ n: 1 });
    db.close();
  });
});

describe('faults', () => {
  const coded = (code: string) => Object.assign(new Error('words'), { code });

  test('are sorted by what to do about them', () => {
    const expected = {
      SQLITE_CORRUPT: 'damaged',
      SQLITE_CORRUPT_INDEX: 'damaged',
      SQLITE_NOTADB: 'damaged',
      SQLITE_BUSY_SNAPSHOT: 'busy',
      SQLITE_FULL: 'full',
      ENOSPC: 'full',
      SQLITE_IOERR_WRITE: 'unwritable',
      SQLITE_READONLY_DBMOVED: 'unwritable',
      SQLITE_CANTOPEN: 'unwritable',
      EACCES: 'unwritable',
      SQLITE_CONSTRAINT_NOTNULL: 'mistake',
      SQLITE_ERROR: 'mistake',
    };
    for (const [code, fault] of Object.entries(expected))
      expect([code, faultOf(coded(code))]).toEqual([code, fault]);
    expect(faultOf(new TypeError('ours'))).toBe('mistake');
    expect(faultOf(new DamagedDatabaseError('x'))).toBe('damaged');
    expect(faultOf('a string')).toBe('mistake');
  });

  test('say what a person can do', () => {
    expect(reasonOf(coded('SQLITE_FULL'))).toMatch(/disk is full/);
    expect(reasonOf(coded('EROFS'))).toMatch(/permissions of the data folder/);
    expect(reasonOf(coded('SQLITE_IOERR_FSYNC'))).toMatch(/disk reports errors/);
    expect(reasonOf(coded('SQLITE_BUSY'))).toMatch(/locked by another program/);
    expect(reasonOf(new NewerDatabaseError(3, 1))).toMatch(/newer version/);
  });
});

test('network file systems are known by their numbers, negative ones too', () => {
  expect(isNetworkFileSystem(0x6969)).toBe(true);
  expect(isNetworkFileSystem(0xff534d42)).toBe(true);
  expect(isNetworkFileSystem(0xff534d42 | 0)).toBe(true);
  expect(isNetworkFileSystem(0xef53)).toBe(false);
});
