// Says once that this desktop shows no icons, and what helps; from then on the window alone is the way in.
import { existsSync, writeFileSync } from 'node:fs';
import { dialog } from 'electron';
import type { Log } from '../base/log.ts';
import type { Words } from './words.ts';

/** `file` is there once it has been said. */
export function tellTrayMissing(deps: { file: string; words: Words; log: Log }): void {
  const { file, words, log } = deps;
  if (existsSync(file)) return;
  try {
    writeFileSync(file, '');
  } catch (error) {
    log.warn('what was said can not be remembered', { error: String(error) });
  }
  const { message, detail } = words.noTray;
  void dialog.showMessageBox({ type: 'info', message, detail, buttons: [words.close] });
}
