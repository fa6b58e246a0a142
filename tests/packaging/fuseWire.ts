// The bytes in Electron's program that its fuses are kept in: a mark, version, length, one character a fuse.
import { existsSync } from 'node:fs';
import path from 'node:path';

const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const version = 1;

/** The fuses by their place on the wire; the last one of today's Electron has no name here yet. */
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

/** `states` holds 1 or 0 for each fuse in its order. */
export function fuseWire(states: string): Buffer {
  return Buffer.concat([mark, Buffer.from([version, states.length]), Buffer.from(states)]);
}

/** The file of a packed program that its fuses are in: on macOS a framework beside it. */
export function fuseHolder(program: string): string {
  const framework = path.join(
    path.dirname(program),
    '../Frameworks/Electron Framework.framework/Electron Framework',
  );
  return existsSync(framework) ? framework : program;
}

/** Which fuses of a program are on. Throws where it has none, or where its two halves (a universal one has two) differ. */
export function readFuses(program: Buffer): Record<string, boolean> {
  const wires: string[] = [];
  for (let at = program.indexOf(mark); at >= 0; at = program.indexOf(mark, at + 1)) {
    const from = at + mark.length + 2;
    wires.push(program.subarray(from, from + fuseNames.length).toString('latin1'));
  }
  const [states] = wires;
  if (states === undefined) throw new Error('this program has no fuses');
  if (wires.some((other) => other !== states)) throw new Error('the fuses of its halves differ');
  return Object.fromEntries(fuseNames.map((name, place) => [name, states[place] === '1']));
}
