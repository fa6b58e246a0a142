// Lets the end-to-end tests read and click the tray's menu, which no system lets them see. Never in a packaged program.
import { app } from 'electron';
import type { TrayAction, TrayItem } from './trayMenu.ts';
import type { TrayLook } from './trayState.ts';

export interface TestHook {
  items: () => TrayItem[];
  look: () => TrayLook;
  tooltip: () => string;
  act: (action: TrayAction) => void;
}

/** The name below which the tests find it on `globalThis`. */
const testHookName = '__sluiceTest';

export function offerTestHook(hook: TestHook): void {
  if (app.isPackaged || process.env.SLUICE_TEST_HOOK !== '1') return;
  Object.defineProperty(globalThis, testHookName, { value: hook });
}
