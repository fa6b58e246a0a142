import type { MantineColorSchemeManager } from '@mantine/core';

/** The theme a person chose. It lives in the settings; this device keeps a copy for its next first paint (see early.js). */
export type ThemeChoice = 'system' | 'light' | 'dark';

const stored = 'sluice.theme';

function storedTheme(): ThemeChoice {
  const value = localStorage.getItem(stored);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** What Mantine calls it: with `auto` it follows the system by itself. */
export function schemeOf(choice: ThemeChoice): 'auto' | 'light' | 'dark' {
  return choice === 'system' ? 'auto' : choice;
}

export const colorSchemeManager: MantineColorSchemeManager = {
  get: () => schemeOf(storedTheme()),
  set(scheme) {
    if (scheme === 'auto') localStorage.removeItem(stored);
    else localStorage.setItem(stored, scheme);
  },
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => localStorage.removeItem(stored),
};
