import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { faultOf } from './faults.ts';
import { checkedAtOnceBytes, findDamage } from './openDatabase.ts';

/** Small files are checked when they are opened. */
export function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > checkedAtOnceBytes;
}

/** Reads the whole database and says what is damaged in it, or null. */
export function checkFile(file: string): string | null {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return findDamage(db);
    } finally {
      db.close();
    }
  } catch (error) {
    return faultOf(error) === 'damaged' && error instanceof Error ? error.message : null;
  }
}
