// The emulator of on-demand.io behind a model that does what it is told in words. What the suite sees of a query is what
// this model made of its session, which remembers, so that telling it something twice is found out.
import { createOndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import type { OndemandEntry } from '../../fakes/ondemand/ondemandEntry.ts';
import type { OndemandSession, SessionTurn } from '../../fakes/ondemand/sessions.ts';
import type { JournalEntry } from '../../fakes/upstream/journal.ts';
import { decideReply, type Reply, thoughts } from '../../fakes/upstream/reply.ts';
import { tokensOf } from '../../fakes/upstream/tokens.ts';
import type { KindFaults, KindUpstream } from './kindUpstream.ts';
import { messagesIn, readTold, type Told } from './readTold.ts';
import { writeSaid } from './writeSaid.ts';

/** The state's log, a heartbeat, the thoughts and the empty one behind them, two pieces of text. */
const textAt = 2 + tokensOf(thoughts).length + 1 + 2;

const faults: KindFaults = {
  mistake: { fault: '400', says: /Invalid request/ },
  overloaded: { fault: '503', says: /Resource unavailable/ },
  // Its answers are streams, whatever was asked for.
  cut: () => `cut@${textAt}`,
  stall: () => `stall@${textAt}`,
  error: () => ({ fault: 'error@2', says: /Internal server error/ }),
};

const voice = { id: 0, name: 'fake', text: null, cachedTokens: 0 };

function saidIn(told: Told, turn: SessionTurn): Reply {
  const { inputTokens: input, outputTokens: output } = turn.metrics;
  return {
    ...decideReply(told.asked, { ...voice, id: turn.request }),
    reasoning: turn.thoughts,
    usage: { input, cached: 0, output, reasoning: 0 },
  };
}

interface Place {
  readonly session: OndemandSession;
  readonly turn: SessionTurn;
  readonly before: readonly SessionTurn[];
}

function placeOf(entry: OndemandEntry, sessions: readonly OndemandSession[]): Place | null {
  const session = sessions.find(({ id }) => id === entry.session);
  const at = session?.turns.findIndex(({ request }) => request === entry.id) ?? -1;
  const turn = session?.turns[at];
  return session && turn ? { session, turn, before: session.turns.slice(0, at) } : null;
}

/** What the service was told before, and is told again: only the system's text may come twice, into another session. */
function toldTwice({ turn, before }: Place, sessions: readonly OndemandSession[]): string | null {
  const earlier = sessions
    .flatMap(({ turns }) => turns)
    .filter(({ request }) => request < turn.request)
    .flatMap(({ query }) => messagesIn(query));
  for (const { role, text } of messagesIn(turn.query)) {
    if (role === 'assistant') return `it is told what it said itself: ${text}`;
    if (role === 'system' && before.length > 0) return 'the system text is told twice';
    if (role === 'user' && earlier.some((other) => other.role === 'user' && other.text === text))
      return `it is told twice: ${text}`;
  }
  return null;
}

function viewOf(entry: OndemandEntry, sessions: readonly OndemandSession[]): JournalEntry {
  const place = placeOf(entry, sessions);
  if (!place) {
    const refused = entry.fault === 'ok' && (entry.status ?? 0) >= 400;
    const violation = refused ? `refused with ${entry.status}` : null;
    return { ...entry, asked: null, said: null, violation };
  }
  const told = readTold(entry.json ?? {}, place.before);
  return {
    ...entry,
    asked: told.asked,
    said: saidIn(told, place.turn),
    violation: toldTwice(place, sessions),
  };
}

export async function createOndemandUpstream(key: string): Promise<KindUpstream> {
  const emulator = await createOndemandEmulator({
    keys: [key],
    logins: [],
    reply({ body }, session) {
      const told = readTold(body, session.turns);
      return writeSaid(decideReply(told.asked, voice), told.form);
    },
  });
  const entries = () =>
    emulator.journal.entries
      .filter(({ route }) => route === 'query')
      .map((entry) => viewOf(entry, emulator.sessions));
  return {
    origin: emulator.origin,
    faults,
    get entries() {
      return entries();
    },
    set: (fault) => emulator.set({ route: 'query' }, fault),
    waitFor: (ready) => emulator.journal.waitFor(() => ready(entries())),
    reset: emulator.reset,
    close: emulator.close,
  };
}
