import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';

const made: string[] = [];

/** A fresh folder, mode 0700, removed after the test. */
export function tempDir(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-store-'));
  made.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

/** Every file below the folder whose bytes hold one of the texts, also as base64. */
export function filesHolding(folder: string, texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [text, Buffer.from(text).toString('base64').replace(/=+$/, '')]);
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = fs.readFileSync(file).toString('latin1');
      return needles.some((needle) => content.includes(needle));
    });
}

/** `-rw-------` as `600`. */
export function modeOf(file: string): string {
  return (fs.statSync(file).mode & 0o777).toString(8);
}
