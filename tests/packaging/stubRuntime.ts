// A folder that electron-builder takes for an Electron runtime: nothing in it runs, but its fuses can be flipped and read back.
import fs from 'node:fs';
import path from 'node:path';

/** What @electron/fuses looks for in the binary; the wire follows: version, length, one byte a fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 8;
const files = [
  'LICENSE',
  'LICENSES.chromium.html',
  'resources.pak',
  'icudtl.dat',
  'chrome-sandbox',
  'chrome_crashpad_handler',
];

export function makeStubRuntime(folder: string, version: string): void {
  fs.mkdirSync(path.join(folder, 'locales'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'version'), version);
  for (const file of files) fs.writeFileSync(path.join(folder, file), file);
  for (const locale of ['en-US', 'zh-CN', 'fr'])
    fs.writeFileSync(path.join(folder, 'locales', `${locale}.pak`), locale);
  const wire = Buffer.concat([
    Buffer.from(sentinel),
    Buffer.from([1, fuseCount]),
    Buffer.alloc(fuseCount, '1'),
  ]);
  const binary = Buffer.concat([
    Buffer.from('\x7fELF, in name only'),
    Buffer.alloc(512),
    wire,
    Buffer.alloc(512),
  ]);
  fs.writeFileSync(path.join(folder, 'electron'), binary, { mode: 0o755 });
}

/** `0` off, `1` on, in the order of Electron's fuse wire. */
export function readFuses(binary: string): string {
  const bytes = fs.readFileSync(binary);
  const at = bytes.indexOf(sentinel);
  if (at < 0) throw new Error('the binary has no fuse wire');
  return bytes.toString('latin1', at + sentinel.length + 2, at + sentinel.length + 2 + fuseCount);
}
