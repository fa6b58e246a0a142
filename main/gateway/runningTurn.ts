import type { Snapshot } from '../registry/snapshot.ts';
import type { ClientRequest } from './clientRequest.ts';
import type { GatewayDeps } from './deps.ts';
import type { JournalEntry } from './journal.ts';
import type { Reply } from './reply.ts';

/** One request and everything it holds on to while it is served. */
export interface RunningTurn {
  readonly request: ClientRequest;
  readonly reply: Reply;
  readonly deps: GatewayDeps;
  /** The configuration it began with; an edit meanwhile does not touch it. */
  readonly snapshot: Snapshot;
  readonly entry: JournalEntry;
  /** Tokens it is expected to use, for limits that are taken before the call. */
  readonly estimate: number;
}
