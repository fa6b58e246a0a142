import { expect, test } from 'vitest';
import { macLoginItem, windowsLoginItem } from '../../../main/desktop/loginItem.ts';

const command = ['C:\\Users\\A B\\Sluice.exe', '--hidden'] as const;
const none = { openAtLogin: false, status: 'not-registered', launchItems: [] };
const listed = (enabled: boolean, scope = 'user') => ({ ...none, launchItems: [{ scope, enabled }] });
const started = { wanted: true, changed: false, packaged: true };

test('Windows gets the command as it is: what Electron quotes must not bring quotes of its own', () => {
  expect(windowsLoginItem(started, command, none)).toEqual({
    openAtLogin: true,
    path: 'C:\\Users\\A B\\Sluice.exe',
    args: ['--hidden'],
    enabled: true,
  });
});

test('what was switched off in the Task Manager stays off until the setting is changed', () => {
  expect(windowsLoginItem(started, command, listed(false))?.enabled).toBe(false);
  expect(windowsLoginItem({ ...started, changed: true }, command, listed(false))?.enabled).toBe(true);
  expect(windowsLoginItem(started, command, listed(true))?.enabled).toBe(true);
  // Of all users: not ours to keep or to change.
  expect(windowsLoginItem(started, command, listed(false, 'machine'))?.enabled).toBe(true);
});

test('Windows is left alone where nothing is wanted and nothing was said, or the program is not installed', () => {
  expect(windowsLoginItem({ ...started, wanted: false }, command, none)).toBeNull();
  expect(windowsLoginItem({ ...started, packaged: false }, command, none)).toBeNull();
  expect(windowsLoginItem({ ...started, wanted: false, changed: true }, command, none)?.openAtLogin).toBe(
    false,
  );
});

test('macOS is asked for what it does not do yet, and not again for what was refused in its settings', () => {
  const refused = { ...none, status: 'requires-approval' };
  const on = { ...none, openAtLogin: true, status: 'enabled' };
  expect(macLoginItem(started, none)).toEqual({ openAtLogin: true });
  expect(macLoginItem(started, on)).toBeNull();
  expect(macLoginItem(started, refused)).toBeNull();
  expect(macLoginItem({ ...started, changed: true }, refused)).toEqual({ openAtLogin: true });
  expect(macLoginItem({ ...started, wanted: false }, on)).toEqual({ openAtLogin: false });
  expect(macLoginItem({ ...started, packaged: false }, none)).toBeNull();
});
