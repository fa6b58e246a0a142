// What is left out goes by chat's names inside; each client is told of it in its own.
import type { Turn } from './turn.ts';

/** Chat's name for a member of a request -> the client's. */
export type ClientNames = ReadonlyMap<string, string>;

/** For clients that say it as chat does. */
export const chatNames: ClientNames = new Map();

/** `names` as the client of this turn knows them. */
export const inClientNames = ({ clientNames }: Turn, names: Iterable<string>): string[] =>
  Array.from(names, (name) => clientNames.get(name) ?? name);
