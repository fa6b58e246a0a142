// Opens usage.db, or refuses it: checks what is there, sets modes and pragmas, migrates. It never deletes a file.
import { chmodSync, closeSync, mkdirSync, openSync, readSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { DamagedDatabaseError, NewerDatabaseError } from './faults.ts';
import { migrate } from './migrations.ts';

/** A full check reads the whole file; beyond this size it runs beside the work instead of before it. */
export const checkedAtOnceBytes = 24 * 1024 * 1024;

const busyTimeoutMs = 5000;
const headerBytes = 100;
const magic = 'SQLite format 3\0';
const userVersionOffset = 60;

/** NFS, SMB, CIFS, SMB2, AFS, 9P as Linux numbers them: there the shared memory of WAL does not work. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997]);

export function isNetworkFileSystem(type: number): boolean {
  return networkFileSystems.has(type >>> 0);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Looks at the header without SQLite, which would touch the file. */
function checkHeader(file: string, known: number): void {
  if (sizeOf(file) === 0) return;
  const header = Buffer.alloc(headerBytes);
  const handle = openSync(file, 'r');
  try {
    if (
      readSync(handle, header, 0, headerBytes, 0) < headerBytes ||
      header.toString('latin1', 0, 16) !== magic
    ) {
      throw new DamagedDatabaseError('usage.db is not a database');
    }
  } finally {
    closeSync(handle);
  }
  const version = header.readUInt32BE(userVersionOffset);
  if (version > known) throw new NewerDatabaseError(version, known);
}

/** The version as the log says it, where it was not yet copied into the file. */
function checkLog(file: string, known: number): void {
  if (sizeOf(file) === 0 || sizeOf(`${file}-wal`) === 0) return;
  const db = new Database(file, { readonly: true, timeout: busyTimeoutMs });
  try {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > known) throw new NewerDatabaseError(version, known);
  } finally {
    db.close();
  }
}

function chooseJournal(db: Database.Database, file: string): void {
  const wal =
    !isNetworkFileSystem(statfsSync(dirname(file)).type) &&
    db.pragma('journal_mode = WAL', { simple: true }) === 'wal';
  if (!wal) db.pragma('journal_mode = TRUNCATE');
  // A rollback journal can be left half-written by a power cut unless it is synced; the log can't.
  db.pragma(`synchronous = ${wal ? 'NORMAL' : 'FULL'}`);
  // The last pages of each table are written again and again: a longer log spares most of the copying.
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma(`journal_size_limit = ${32 * 1024 * 1024}`);
}

/** What `quick_check` finds wrong, or null. */
export function findDamage(db: Database.Database): string | null {
  const found = String(db.pragma('quick_check(1)', { simple: true }));
  return found === 'ok' ? null : found;
}

/**
 * An open database of the newest schema, readable by its owner only. Throws DamagedDatabaseError, NewerDatabaseError,
 * SQLite's or the file system's error, and then nothing is open and an existing file is as it was.
 */
export function openDatabase(file: string, migrations: readonly string[]): Database.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  checkHeader(file, migrations.length);
  checkLog(file, migrations.length);
  const isNew = sizeOf(file) === 0;
  if (isNew) closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file, { timeout: busyTimeoutMs });
  try {
    // SQLite gives its log and its index the mode of the file.
    for (const path of [file, `${file}-wal`, `${file}-shm`]) {
      if (statSync(path, { throwIfNoEntry: false })) chmodSync(path, 0o600);
    }
    // Counts only before anything is in the file.
    if (isNew) db.pragma('auto_vacuum = INCREMENTAL');
    chooseJournal(db, file);
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -8000');
    const damage = sizeOf(file) <= checkedAtOnceBytes ? findDamage(db) : null;
    if (damage !== null) throw new DamagedDatabaseError(`usage.db is damaged: ${damage}`);
    migrate(db, migrations);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
