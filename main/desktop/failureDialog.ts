// Says that the core could not start: without it there is no window to say it in.
import { dialog } from 'electron';
import type { Words } from './words.ts';

export type FailureAnswer = 'retry' | 'quit' | 'close';

/** Null while the question is asked already. */
export function createFailureDialog(): (detail: string, words: Words) => Promise<FailureAnswer | null> {
  let asking = false;
  return async (detail, words) => {
    if (asking) return null;
    asking = true;
    const asked = dialog.showMessageBox({
      type: 'error',
      message: words.state.broken,
      detail,
      buttons: [words.tryAgain, words.quit, words.close],
      cancelId: 2,
    });
    const { response } = await asked.finally(() => {
      asking = false;
    });
    return response === 0 ? 'retry' : response === 1 ? 'quit' : 'close';
  };
}
