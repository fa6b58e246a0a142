// Follows whether the panel that holds the icon is dark. It draws nothing.
import { nativeTheme } from 'electron';
import { askTaskbarDark } from './taskbarTheme.ts';

export interface PanelTheme {
  dark(): boolean;
  /** `onChange` is told whenever the picture may have to be another; returns what ends it. */
  follow(onChange: () => void): () => void;
}

/** The taskbar's own value is written a moment after the one that is told of. */
const settledMs = 1_000;

export function createPanelTheme(): PanelTheme {
  const { platform } = process;
  let taskbar: boolean | null = null;
  return {
    // Linux tells no panel colour: its picture for dark ones has a rim that shows it on light ones.
    dark: () => platform === 'linux' || (taskbar ?? nativeTheme.shouldUseDarkColorsForSystemIntegratedUI),
    follow(onChange) {
      const leaving = new AbortController();
      let again: NodeJS.Timeout | undefined;

      async function ask(): Promise<void> {
        const dark = await askTaskbarDark(process.env);
        if (leaving.signal.aborted || dark === null || dark === taskbar) return;
        taskbar = dark;
        onChange();
      }

      function onUpdated(): void {
        onChange();
        if (platform !== 'win32') return;
        void ask();
        clearTimeout(again);
        again = setTimeout(() => void ask(), settledMs);
        again.unref();
      }

      nativeTheme.on('updated', onUpdated);
      if (platform === 'win32') void ask();
      return () => {
        leaving.abort();
        clearTimeout(again);
        nativeTheme.off('updated', onUpdated);
      };
    },
  };
}
