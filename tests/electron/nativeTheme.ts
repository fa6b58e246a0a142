import type { Page } from 'playwright-core';
import { Emitter } from './emitter.ts';

const pages = new Set<Page>();

class StandInTheme
  extends Emitter<{ updated: () => void }>
  implements
    Pick<
      Electron.NativeTheme,
      'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'
    >
{
  #source: Electron.NativeTheme['themeSource'] = 'system';
  /** A bare machine has no dark desktop. */
  readonly shouldUseDarkColorsForSystemIntegratedUI = false;

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }
  set themeSource(source: Electron.NativeTheme['themeSource']) {
    this.#source = source;
    for (const page of pages) void this.paint(page);
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  /** Makes `prefers-color-scheme` of a page follow. */
  async paint(page: Page): Promise<void> {
    pages.add(page);
    page.once('close', () => pages.delete(page));
    await page.emulateMedia({ colorScheme: this.shouldUseDarkColors ? 'dark' : 'light' }).catch(() => {});
  }
}

export const nativeTheme = new StandInTheme();
