import path from 'node:path';
import type { TrayLook } from './trayState.ts';

/** The picture's file: one template on macOS, else one for light and one for dark panels. Electron finds the finer ones beside it. */
export function trayPicture(folder: string, look: TrayLook, platform: string, dark: boolean): string {
  if (platform === 'darwin') return path.join(folder, `${look}Template.png`);
  const size = platform === 'linux' ? 'large' : 'small';
  return path.join(folder, `${look}-${dark ? 'dark' : 'light'}-${size}.png`);
}
