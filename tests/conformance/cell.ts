// One place of the matrix: a client, a kind, a scenario, streamed or not, and what a scenario needs to look at it.
import { expect } from 'vitest';
import { testClientKey } from '../fakes/testCore.ts';
import type { Asked } from '../fakes/upstream/asked.ts';
import type { JournalEntry } from '../fakes/upstream/journal.ts';
import type { Reply } from '../fakes/upstream/reply.ts';
import { type Bench, failingModel } from './bench.ts';
import type { Ask, Client, Dialog, Seen } from './clients/client.ts';
import type { Kind } from './kinds.ts';
import type { KindUpstream } from './upstreams/kindUpstream.ts';

export interface Cell {
  readonly client: Client;
  readonly kind: Kind;
  readonly stream: boolean;
  readonly bench: Bench;
  readonly upstream: KindUpstream;
  /** The client speaks what the upstream speaks. */
  readonly native: boolean;
  lacks(what: NonNullable<Kind['lacks']>[number]): boolean;
  /** `failing` names a place of failure, which has an endpoint of its own. */
  open(ask: Ask, more?: { failing?: string; onEvent?: () => void }): Dialog;
  /** What reached the upstream since the cell began. */
  readonly entries: readonly JournalEntry[];
  /** `x-sluice-dropped` of the newest answer. */
  readonly dropped: readonly string[];
}

/** The name under which a place of failure is set up: streams and whole answers apart. */
export function placeOf(stream: boolean, place: string): string {
  return `${place}-${stream ? 'stream' : 'whole'}`;
}

export function createCell(bench: Bench, client: Client, kind: Kind, stream: boolean): Cell {
  const { gateway } = bench;
  const upstream = bench.upstreamOf(kind);
  upstream.reset();
  let dropped: readonly string[] = [];
  const listening: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    dropped = (response.headers.get('x-sluice-dropped') ?? '').split(', ').filter(Boolean);
    return response;
  };
  return {
    client,
    kind,
    stream,
    bench,
    upstream,
    native: kind.native.includes(client.dialect),
    lacks: (what) => kind.lacks?.includes(what) ?? false,
    open(ask, { failing, onEvent } = {}) {
      const model =
        failing === undefined ? kind.id : failingModel(kind, client.dialect, placeOf(stream, failing));
      const where = { origin: gateway.origin, key: testClientKey, model, fetch: listening };
      return client.open(where, ask, { stream, onEvent });
    },
    get entries() {
      return upstream.entries;
    },
    get dropped() {
      return dropped;
    },
  };
}

/** The newest request's meaning; fails where the upstream found fault with any of them. */
export function received({ entries }: Cell): { asked: Asked; said: Reply; entry: JournalEntry } {
  expect(entries.map(({ violation }) => violation).filter(Boolean), 'what the upstream refused').toEqual([]);
  const entry = entries.at(-1);
  expect(entry, 'nothing reached the upstream').toBeDefined();
  const { asked, said } = entry as JournalEntry;
  if (!asked || !said) throw new Error(`the upstream did not answer a conversation: ${entry?.path}`);
  return { asked, said, entry: entry as JournalEntry };
}

/** The thoughts that a client is to see of a reply. */
export function shownThoughts({ reasoning, shown }: Reply): string {
  return shown ? (reasoning ?? '') : '';
}

export function expectUsage(seen: Seen, said: Reply): void {
  const { reasoning, ...rest } = said.usage;
  expect(seen.usage).toMatchObject(rest);
  if (seen.usage.reasoning !== null) expect(seen.usage.reasoning).toBe(reasoning);
}

type Schema = Record<string, unknown>;

/** What a schema demands, in one spelling: Google's type names are in capitals, closedness is each service's own affair. */
export function plainSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plainSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const {
    additionalProperties: _closed,
    propertyOrdering: _order,
    $schema: _dialect,
    ...rest
  } = schema as Schema;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      name === 'type' && typeof value === 'string' ? value.toLowerCase() : plainSchema(value),
    ]),
  );
}
