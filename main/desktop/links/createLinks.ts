// Keeps the links that wait for a person's word, one after the other. A link changes nothing by itself: not by coming, not by waiting.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../../base/log.ts';
import type { LinkEndpoint, LinkRefusal, LinkView } from '../../contract/schemas/link.ts';
import type { ImportPlan, ImportResult } from '../../contract/schemas/transfer.ts';
import { type Changes, createChanges } from '../changes.ts';
import { importText, linkEndpoints } from './linkEndpoints.ts';
import { type LinkPayload, type ParsedLink, parseLink } from './parseLink.ts';

/** The gateway's own import. */
export interface LinkImport {
  plan(input: { text: string }): Promise<ImportPlan>;
  apply(input: { text: string; settings: boolean; clientKeys: boolean }): Promise<ImportResult>;
}

export interface Links {
  readonly view: Changes<LinkView | null>;
  /** Takes a link of the system. */
  open(link: string): void;
  /** Null where it is not this one that is shown, or where it would do something else by now. */
  accept(id: string): Promise<ImportResult | null>;
  dismiss(id: string): void;
}

interface Waiting {
  id: string;
  link: string;
  parsed: ParsedLink;
}

/** Whoever sends more than these is not heard. */
const mostWaiting = 5;

export function createLinks(deps: { transfer: LinkImport; log: Log; onCome: () => void }): Links {
  const { transfer, log } = deps;
  const waiting: Waiting[] = [];
  const view = createChanges<LinkView | null>(null);
  /** The links are shown in turn; a plan that comes late shows nothing. */
  let turn = 0;
  let taking = false;

  async function planned(payload: LinkPayload): Promise<LinkEndpoint[]> {
    const plan = await transfer.plan({ text: importText(payload) });
    // What an import would leave out must not be missing without a word.
    if (plan.endpoints.length !== payload.endpoints.length)
      throw new RangeError('not every endpoint is taken');
    return linkEndpoints(payload, plan);
  }

  async function show(): Promise<void> {
    turn += 1;
    const mine = turn;
    const [first] = waiting;
    if (!first) return view.set(null);
    const { id, parsed } = first;
    const refused = (reason: LinkRefusal, part: string | null): void =>
      view.set({ state: 'refused', id, reason, part, behind: waiting.length - 1 });
    if ('refused' in parsed) return refused(parsed.refused, parsed.part);
    try {
      const endpoints = await planned(parsed.payload);
      if (mine === turn) view.set({ state: 'asks', id, endpoints, behind: waiting.length - 1 });
    } catch (error) {
      // Never its words: they may hold what stood in the link.
      log.warn('a link could not be read as an import', {
        reason: error instanceof Error ? error.name : typeof error,
      });
      if (mine === turn) refused('not-allowed', null);
    }
  }

  function drop(id: string): void {
    const at = waiting.findIndex((link) => link.id === id);
    if (at < 0) return;
    waiting.splice(at, 1);
    void show();
  }

  return {
    view,
    open(link) {
      const known = waiting.some((other) => other.link === link);
      if (!known && waiting.length >= mostWaiting) {
        log.warn('a link was not taken: too many wait already');
      } else if (!known) {
        waiting.push({ id: randomUUID(), link, parsed: parseLink(link) });
        const { now } = view;
        // The one that is being looked at stays as it is.
        if (waiting.length > 1 && now) view.set({ ...now, behind: waiting.length - 1 });
        else void show();
      }
      deps.onCome();
    },
    async accept(id) {
      const [first] = waiting;
      const shown = view.now;
      if (
        taking ||
        first?.id !== id ||
        shown?.state !== 'asks' ||
        shown.id !== id ||
        !('payload' in first.parsed)
      )
        return null;
      taking = true;
      try {
        const { payload } = first.parsed;
        // Settings may have changed under what is shown: nobody agreed to that.
        if (!isDeepStrictEqual(await planned(payload), shown.endpoints)) {
          void show();
          return null;
        }
        const result = await transfer.apply({
          text: importText(payload),
          settings: false,
          clientKeys: false,
        });
        drop(id);
        return result;
      } finally {
        taking = false;
      }
    },
    dismiss: drop,
  };
}
