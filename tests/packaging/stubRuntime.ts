// A folder that has the shape of an unpacked Electron for Linux, for packaging where the real one can't be fetched.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fuseWire } from './fuseWire.ts';

const locales = ['de', 'en-GB', 'en-US', 'zh-CN', 'zh-TW'];

/** Its program does nothing, but carries Electron's fuses as they leave the factory, so that they are really flipped. */
export function makeStubRuntime(folder: string, version: string): void {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const program = path.join(folder, 'electron');
  writeFileSync(program, Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), fuseWire('101100010')]));
  chmodSync(program, 0o755);
  writeFileSync(path.join(folder, 'version'), version);
  writeFileSync(path.join(folder, 'LICENSE'), 'of Electron\n');
  for (const locale of locales) writeFileSync(path.join(folder, 'locales', `${locale}.pak`), locale);
}
