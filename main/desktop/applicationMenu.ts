import { Menu } from 'electron';
import type { Words } from './words.ts';

/** macOS takes the keys for copy, paste and close from the menu bar; elsewhere the window needs no menu. */
export function setApplicationMenu(words: Words): void {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { role: 'appMenu' },
      { role: 'editMenu', label: words.menu.edit },
      { role: 'windowMenu', label: words.menu.window },
    ]),
  );
}
