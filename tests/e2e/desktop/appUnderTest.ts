// Which files the suites start: the repository's build, or those of a package that SLUICE_E2E_APP names (its app.asar, or a folder).
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractAll } from '@electron/asar';
import { repository } from './surroundings.ts';

let unpacked: string | null = null;

/** A package's files with its native modules, as a folder that Node can run; removed when this process ends. */
export function unpackApp(archive: string): string {
  // Out of the repository's reach, so that nothing is found there by accident.
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-app-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  extractAll(archive, folder);
  if (existsSync(`${archive}.unpacked`)) cpSync(`${archive}.unpacked`, folder, { recursive: true });
  return folder;
}

/** What the runtime is given as its application: Electron reads an archive itself, for the stand-in it is unpacked. */
export function appUnderTest(runtime: 'electron' | 'stand-in'): string {
  const named = process.env.SLUICE_E2E_APP;
  const app = named ? path.resolve(named) : repository;
  if (named && !existsSync(app)) throw new Error(`SLUICE_E2E_APP names ${app}, which is not there`);
  if (!named && !existsSync(path.join(app, 'out', 'main', 'desktop.js')))
    throw new Error('the desktop is not built; run npm run build');
  if (runtime === 'electron' || !app.endsWith('.asar')) return app;
  unpacked ??= unpackApp(app);
  return unpacked;
}
