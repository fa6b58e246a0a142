import { expect, test } from 'vitest';
import { askTaskbarDark, readTaskbarDark } from '../../../main/desktop/taskbarTheme.ts';

const printed = (value: string) =>
  `\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize\r\n    ${value}\r\n\r\n`;

test('the taskbar is dark where the system does not use the light theme', () => {
  expect(readTaskbarDark(printed('SystemUsesLightTheme    REG_DWORD    0x0'))).toBe(true);
  expect(readTaskbarDark(printed('SystemUsesLightTheme    REG_DWORD    0x1'))).toBe(false);
});

test('what programs use is another value, and no value says nothing', () => {
  expect(readTaskbarDark(printed('AppsUseLightTheme    REG_DWORD    0x0'))).toBeNull();
  expect(readTaskbarDark(printed('SystemUsesLightTheme    REG_SZ    0x0'))).toBeNull();
  expect(readTaskbarDark('')).toBeNull();
});

test('where there is no registry nothing is known', async () => {
  expect(await askTaskbarDark({ SystemRoot: '/nowhere' })).toBeNull();
});
