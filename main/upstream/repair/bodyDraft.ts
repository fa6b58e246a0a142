// A request's body while it is being mended: what stands in it, and the changes to its top-level members so far.
import type { Bytes } from '../../base/chunkedBytes.ts';
import { readJson } from '../../base/jsonMembers.ts';
import { editEnvelope, type JsonEnvelope, orInvalidJson } from '../../protocol/jsonEnvelope.ts';

export interface BodyDraft {
  /** Names of the members there are now. */
  names(): string[];
  has(name: string): boolean;
  /** Undefined where there is no such member. What is read must not be changed in place. */
  read(name: string): unknown;
  set(name: string, value: unknown): void;
  drop(name: string): void;
  /** Notes what was changed for the upstream's sake, for the record. */
  note(words: string): void;
  readonly repairs: readonly string[];
  /** The bytes to send; the client's own buffer where nothing was changed. */
  finish(): Bytes;
}

interface Source {
  names(): Iterable<string>;
  has(name: string): boolean;
  read(name: string): unknown;
  write(set: ReadonlyMap<string, unknown>, drop: ReadonlySet<string>): Bytes;
}

function createDraft(source: Source): BodyDraft {
  const changed = new Map<string, unknown>();
  const dropped = new Set<string>();
  const repairs: string[] = [];
  const has = (name: string): boolean => changed.has(name) || (source.has(name) && !dropped.has(name));
  return {
    names: () => [...new Set([...source.names(), ...changed.keys()])].filter(has),
    has,
    read(name) {
      if (changed.has(name)) return changed.get(name);
      return has(name) ? source.read(name) : undefined;
    },
    set(name, value) {
      changed.set(name, value);
      dropped.delete(name);
    },
    drop(name) {
      changed.delete(name);
      dropped.add(name);
    },
    note: (words) => void repairs.push(words),
    repairs,
    finish: () => source.write(changed, dropped),
  };
}

/** A client's own body: it is spliced, and parsed only where a member is read. */
export function draftOfEnvelope(envelope: JsonEnvelope): BodyDraft {
  const { body, members } = envelope;
  return createDraft({
    names: () => members.keys(),
    has: (name) => members.has(name),
    read(name) {
      const span = members.get(name);
      return span ? orInvalidJson(() => readJson(body, span)) : undefined;
    },
    write(changed, drop) {
      const set = new Map([...changed].map(([name, value]) => [name, JSON.stringify(value)]));
      return editEnvelope(envelope, { set, drop });
    },
  });
}

/** A body that was written for this upstream. */
export function draftOfObject(body: Readonly<Record<string, unknown>>): BodyDraft {
  return createDraft({
    names: () => Object.keys(body),
    has: (name) => Object.hasOwn(body, name) && body[name] !== undefined,
    read: (name) => body[name],
    write(changed, drop) {
      const whole: Record<string, unknown> = { ...body, ...Object.fromEntries(changed) };
      for (const name of drop) delete whole[name];
      return Buffer.from(JSON.stringify(whole));
    },
  });
}
