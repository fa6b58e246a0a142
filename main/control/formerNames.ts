// Remembers what endpoints, accounts and client keys were called. It notes all that have a name while they are there: one that is
// taken out of settings.json while nobody watches is then known too.
import type { FormerName } from '../contract/schemas/usage.ts';
import type { Snapshot } from '../registry/snapshot.ts';
import type { SnapshotHolder } from '../registry/snapshotHolder.ts';
import type { NamesFile } from '../store/namesFile.ts';

export interface FormerNames {
  /** Of what is gone, in no order. */
  list(): FormerName[];
  /** Nothing that is recorded names them any more. */
  forget(): void;
}

/** More are not looked for by anyone; those known for the longest go first. */
const mostGone = 2000;

const placeOf = ({ kind, id }: FormerName): string => `${kind} ${id}`;

/** All that is there; the name is empty where it has none. */
function namesIn({ endpoints, clientKeys }: Snapshot): FormerName[] {
  return [
    ...endpoints.flatMap(({ id, name, accounts }): FormerName[] => [
      { kind: 'endpoint', id, name },
      ...accounts.map((account): FormerName => ({ kind: 'account', id: account.key, name: account.name })),
    ]),
    ...clientKeys.map(({ id, name }): FormerName => ({ kind: 'clientKey', id, name })),
  ];
}

export function createFormerNames({
  snapshots,
  file,
}: {
  snapshots: Pick<SnapshotHolder, 'current' | 'onSwap'>;
  file: NamesFile;
}): FormerNames {
  const known = new Map(file.read().map((one) => [placeOf(one), one]));
  let present = new Set<string>();

  const gone = (): string[] => [...known.keys()].filter((place) => !present.has(place));

  function follow(snapshot: Snapshot): void {
    const names = namesIn(snapshot);
    present = new Set(names.map(placeOf));
    let changed = false;
    for (const one of names) {
      const place = placeOf(one);
      if ((known.get(place)?.name ?? '') === one.name) continue;
      if (one.name === '') known.delete(place);
      else known.set(place, one);
      changed = true;
    }
    for (const place of gone().slice(0, -mostGone)) changed = known.delete(place);
    if (changed) file.write([...known.values()]);
  }

  snapshots.onSwap(follow);
  follow(snapshots.current);

  return {
    list: () => [...known].flatMap(([place, one]) => (present.has(place) ? [] : [one])),
    forget() {
      for (const place of gone()) known.delete(place);
      file.write([...known.values()]);
    },
  };
}
