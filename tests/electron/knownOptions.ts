// What Electron's own electron.d.ts lists as members of an options object. TypeScript looks for unknown ones in a literal only;
// here each is refused, whichever way it came.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const packageFile = createRequire(import.meta.url).resolve('electron/package.json');
const declarations = readFileSync(path.join(path.dirname(packageFile), 'electron.d.ts'), 'utf8');
const known = new Map<string, ReadonlySet<string>>();

function read(name: string): ReadonlySet<string> {
  const head = new RegExp(`^ {2}interface ${name}(?: extends (?<bases>[\\w, ]+))? \\{$`, 'm').exec(
    declarations,
  );
  if (!head) throw new Error(`electron.d.ts has no interface ${name}`);
  const body = declarations.slice(head.index, declarations.indexOf('\n  }\n', head.index));
  const own = [...body.matchAll(/^ {4}(?:readonly )?'?([\w-]+)'?\??[:(]/gm)].map(([, member = '']) => member);
  const bases = head.groups?.bases?.split(', ') ?? [];
  return new Set([...own, ...bases.flatMap((base) => [...knownOptions(base)])]);
}

/** The members of an interface of Electron, with those of the interfaces it extends. */
export function knownOptions(name: string): ReadonlySet<string> {
  const members = known.get(name) ?? read(name);
  known.set(name, members);
  return members;
}

/** Throws for a member that Electron would overlook without a word; `name` is the interface it should be. */
export function refuseUnknown(name: string, given: object): void {
  const members = knownOptions(name);
  const unknown = Object.keys(given).filter((key) => !members.has(key));
  if (unknown.length > 0) throw new TypeError(`Electron's ${name} has no ${unknown.join(', ')}`);
}
