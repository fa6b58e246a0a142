import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useSettings } from '../api/useSettings.ts';
import { applyLanguage } from '../i18n/startI18n.ts';
import { schemeOf } from '../theme/colorScheme.ts';

/** Brings language and theme of the settings onto the page, whoever changed them. */
export function FollowSettings() {
  const ui = useSettings().data?.ui;
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const language = ui?.language;
  const theme = ui?.theme;

  useEffect(() => {
    if (language) void applyLanguage(language);
  }, [language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: setColorScheme is made anew with every render
  useEffect(() => {
    if (theme) setColorScheme(schemeOf(theme));
  }, [theme]);

  return null;
}
