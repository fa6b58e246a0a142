// Secrets of keys made here, in memory for as long as the session: links and lines need them, and no page shows them again.
import type { Session } from '../../api/session.ts';

export interface HeldSecret {
  secret: string;
  /** Requests up to this moment (Unix ms) were made with an earlier secret. */
  after: number;
}

const bySession = new WeakMap<Session, Map<string, HeldSecret>>();

/** The secrets held of this session's client keys, by key id. */
export function heldSecrets(session: Session): Map<string, HeldSecret> {
  const held = bySession.get(session) ?? new Map<string, HeldSecret>();
  bySession.set(session, held);
  return held;
}
