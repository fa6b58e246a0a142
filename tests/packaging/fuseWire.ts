// The bytes in Electron's program that its fuses are kept in: a mark, version, length, one character a fuse.
const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const version = 1;

/** The fuses by their place on the wire; the last one of today's Electron has no name here yet. */
export const fuseNames = [
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

/** Which fuses of a program are on. Throws where it has none. */
export function readFuses(program: Buffer): Record<string, boolean> {
  const at = program.indexOf(mark);
  if (at < 0) throw new Error('this program has no fuses');
  const states = program.subarray(at + mark.length + 2);
  return Object.fromEntries(
    fuseNames.map((name, place) => [name, String.fromCharCode(states[place] ?? 0) === '1']),
  );
}
