// Bodies of requests, deflated, each below the `seq` of its record: they go when the record goes, if not before.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { RecordBodies } from '../../contract/schemas/bodies.ts';
import type { BodiesEntry } from './usageQueue.ts';

/** Returns the function that writes the bodies of one batch down. Those of a record that was not stored are left out. */
export function createBodiesWriter(db: Database): (entries: readonly BodiesEntry[]) => void {
  const insert = db.prepare<[Buffer, string]>(
    'INSERT OR IGNORE INTO bodies (seq, content) SELECT seq, ? FROM records WHERE id = ?',
  );
  return (entries) => {
    for (const { recordId, bodies } of entries) insert.run(deflateRawSync(JSON.stringify(bodies)), recordId);
  };
}

export function readBodies(db: Database, recordId: string): RecordBodies | null {
  const content = db
    .prepare<[string], Buffer>(
      'SELECT content FROM bodies WHERE seq = (SELECT seq FROM records WHERE id = ?)',
    )
    .pluck()
    .get(recordId);
  return content ? (JSON.parse(inflateRawSync(content).toString('utf8')) as RecordBodies) : null;
}
