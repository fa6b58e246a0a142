// The schema of usage.db, version by version. A migration that was ever released is never edited, only followed by another.
import type { Database } from 'better-sqlite3';

/**
 * `records.seq` is the time in milliseconds × 1000 plus a running number: the table and every index of it lie in time order,
 * so that paging, retention and time filters are ranges of the primary key.
 */
const version1 = `
  CREATE TABLE records (
    seq INTEGER PRIMARY KEY,
    time REAL NOT NULL,
    status TEXT NOT NULL,
    client_model TEXT NOT NULL,
    upstream_model TEXT,
    endpoint TEXT,
    account TEXT,
    client_key TEXT NOT NULL,
    error_code TEXT,
    error_message TEXT,
    id TEXT NOT NULL,
    operation TEXT NOT NULL,
    stream INTEGER NOT NULL,
    http_status INTEGER NOT NULL,
    first_token_ms REAL,
    total_ms REAL NOT NULL,
    input REAL NOT NULL,
    output REAL NOT NULL,
    cached REAL NOT NULL,
    reasoning REAL NOT NULL,
    token_source TEXT NOT NULL,
    cost REAL,
    user_agent TEXT NOT NULL,
    attempts TEXT NOT NULL,
    skipped TEXT NOT NULL
  );
  CREATE UNIQUE INDEX records_by_id ON records (id);
  CREATE INDEX records_by_trouble ON records (status) WHERE status <> 'ok';

  CREATE TABLE rollups (
    size TEXT NOT NULL,
    start INTEGER NOT NULL,
    client_model TEXT NOT NULL,
    upstream_model TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    account TEXT NOT NULL,
    client_key TEXT NOT NULL,
    requests INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    input REAL NOT NULL,
    output REAL NOT NULL,
    cached REAL NOT NULL,
    reasoning REAL NOT NULL,
    estimated INTEGER NOT NULL,
    cost REAL NOT NULL,
    unpriced INTEGER NOT NULL,
    first_token_sum REAL NOT NULL,
    first_token_count INTEGER NOT NULL,
    PRIMARY KEY (size, start, client_model, upstream_model, endpoint, account, client_key)
  ) WITHOUT ROWID;

  CREATE TABLE counts (
    day TEXT NOT NULL,
    scope TEXT NOT NULL,
    requests REAL NOT NULL,
    tokens REAL NOT NULL,
    cost REAL NOT NULL,
    PRIMARY KEY (day, scope)
  ) WITHOUT ROWID;

  CREATE TABLE calls (time REAL NOT NULL, list TEXT NOT NULL);

  CREATE TABLE agents (
    client_key TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    last_used REAL NOT NULL,
    PRIMARY KEY (client_key, user_agent)
  ) WITHOUT ROWID;

  CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
`;

/** When a program first came with a client key (0 where nobody noted it), and what it asked for on its latest day. */
const agentsByDay = `
  ALTER TABLE agents ADD COLUMN first_used REAL NOT NULL DEFAULT 0;
  ALTER TABLE agents ADD COLUMN day TEXT NOT NULL DEFAULT '';
  ALTER TABLE agents ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
`;

/** How long requests kept it busy (null in what was begun before this was noted), and what is not broken down. */
const busyTime = `
  ALTER TABLE rollups ADD COLUMN busy_ms REAL;
  INSERT INTO rollups
    SELECT CASE size WHEN 'hour' THEN 'wholeHour' ELSE 'wholeQuarter' END, start, '', '', '', '', '', sum(requests), sum(errors),
      sum(cancelled), sum(input), sum(output), sum(cached), sum(reasoning), sum(estimated), sum(cost), sum(unpriced),
      sum(first_token_sum), sum(first_token_count), NULL
    FROM rollups WHERE size IN ('hour', 'quarter') GROUP BY size, start;
`;

/** How a request's candidates were put in order; null in older rows. */
const orderOfRecords = `
  ALTER TABLE records ADD COLUMN route_order TEXT;
`;

/** What was sent and answered, deflated JSON, below the `seq` of its record. */
const bodiesOfRecords = `
  CREATE TABLE bodies (seq INTEGER PRIMARY KEY, content BLOB NOT NULL);
`;

/** SQL that leads from version n to n + 1, at index n. */
export const migrations: readonly string[] = [
  version1,
  agentsByDay,
  busyTime,
  orderOfRecords,
  bodiesOfRecords,
];

/** Brings the schema up to date, each step with its version number in one transaction. A killed step has not happened. */
export function migrate(db: Database, steps: readonly string[]): void {
  const versionOf = () => Number(db.pragma('user_version', { simple: true }));
  while (versionOf() < steps.length) {
    db.transaction(() => {
      // Read again under the write lock: another process may have been faster.
      const version = versionOf();
      const step = steps[version];
      if (step === undefined) return;
      db.exec(step);
      db.pragma(`user_version = ${version + 1}`);
    }).immediate();
  }
}
