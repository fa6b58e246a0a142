// What is worth a notification: decided by how things stood and how they stand. Pure, and sparing: it tells of what stays until
// somebody acts, never of what mends itself in a moment.
import type { AccountState } from '../../contract/schemas/views.ts';

interface DailyUse {
  used: { rpd: number; tpd: number };
  /** -1 where there is none. */
  limits: { rpd: number; tpd: number };
}

export interface NoticeFacts {
  endpoints: readonly {
    id: string;
    name: string;
    accounts: readonly ({ id: string; name: string; state: AccountState } & DailyUse)[];
  }[];
  keys: readonly ({
    id: string;
    name: string;
    spentUsd: number;
    /** Null where there is none. */
    budgetUsd: number | null;
  } & DailyUse)[];
  /** Unix ms at which the day of the daily limits began. */
  day: number;
  /** A version that waits to be put in place. */
  update: string | null;
}

export type Notice =
  | { kind: 'refused' | 'exhausted'; endpoint: string; place: string }
  | { kind: 'quota'; name: string; percent: number; of: 'rpd' | 'tpd'; place: string }
  | { kind: 'budget'; name: string; budgetUsd: number; place: string }
  | { kind: 'update'; version: string; place: string };

export interface NoticeHistory {
  /** When each was told last, Unix ms. */
  told: ReadonlyMap<string, number>;
}

const nearly = 0.9;
const hourMs = 3_600_000;
export const mostAnHour = 4;

/** Says the same thing only once for as long as it holds. */
function identity(notice: Notice, day: number): string {
  if (notice.kind === 'update') return `update ${notice.version}`;
  if (notice.kind === 'quota' || notice.kind === 'budget')
    return `${notice.kind} ${notice.place} ${notice.name} ${day}`;
  return `endpoint ${notice.place}`;
}

/** Why nothing of an endpoint answers, as long as nobody acts; null where something does, or will by itself. */
function outOf({ accounts }: NoticeFacts['endpoints'][number]): 'refused' | 'exhausted' | null {
  const on = accounts.filter(({ state }) => state !== 'off');
  if (on.length === 0 || !on.every(({ state }) => state === 'refused' || state === 'exhausted')) return null;
  return on.some(({ state }) => state === 'exhausted') ? 'exhausted' : 'refused';
}

/** The daily limit that is used up furthest, where that is nearly all of it. */
function nearlyUsed({ used, limits }: DailyUse): { of: 'rpd' | 'tpd'; percent: number } | null {
  const shares = (['rpd', 'tpd'] as const).map((of) => ({
    of,
    share: limits[of] > 0 ? used[of] / limits[of] : 0,
  }));
  const [most] = shares.sort((a, b) => b.share - a.share);
  return most && most.share >= nearly ? { of: most.of, percent: Math.floor(most.share * 100) } : null;
}

function all(facts: NoticeFacts): Notice[] {
  const notices: Notice[] = [];
  for (const endpoint of facts.endpoints) {
    const place = `/endpoints/${encodeURIComponent(endpoint.id)}`;
    const kind = outOf(endpoint);
    if (kind) notices.push({ kind, endpoint: endpoint.name, place });
    for (const account of endpoint.accounts) {
      const near = account.state === 'off' ? null : nearlyUsed(account);
      const name =
        endpoint.accounts.length > 1 ? `${endpoint.name} · ${account.name || account.id}` : endpoint.name;
      if (near) notices.push({ kind: 'quota', name, place, ...near });
    }
  }
  for (const key of facts.keys) {
    const place = `/keys/${encodeURIComponent(key.id)}`;
    const near = nearlyUsed(key);
    if (key.budgetUsd !== null && key.budgetUsd > 0 && key.spentUsd >= key.budgetUsd)
      notices.push({ kind: 'budget', name: key.name, budgetUsd: key.budgetUsd, place });
    if (near) notices.push({ kind: 'quota', name: key.name, place, ...near });
  }
  if (facts.update !== null)
    notices.push({ kind: 'update', version: facts.update, place: '/settings/updates' });
  return notices;
}

/**
 * What is new in `after`. What stood so when the program looked first (`before` is null) is no news. What was told within the hour, or
 * today where it is about today, is not told again; and no more than a few an hour are, whatever happens.
 */
export function notificationsFor(
  before: NoticeFacts | null,
  after: NoticeFacts,
  history: NoticeHistory,
  now: number,
): { notices: Notice[]; history: NoticeHistory } {
  const stood = new Set(before ? all(before).map((notice) => identity(notice, before.day)) : []);
  const told = new Map([...history.told].filter(([, at]) => now - at < 25 * hourMs));
  let room = mostAnHour - [...told.values()].filter((at) => now - at < hourMs).length;
  const notices: Notice[] = [];
  for (const notice of before ? all(after) : []) {
    const id = identity(notice, after.day);
    const last = told.get(id);
    const again =
      last !== undefined &&
      (notice.kind === 'refused' || notice.kind === 'exhausted' ? now - last < hourMs : true);
    if (stood.has(id) || again || room <= 0) continue;
    room -= 1;
    told.set(id, now);
    notices.push(notice);
  }
  return { notices, history: { told } };
}
