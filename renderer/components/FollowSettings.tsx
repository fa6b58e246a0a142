import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useOperations } from '../api/session.ts';
import { applyLanguage } from '../i18n/startI18n.ts';
import { schemeOf } from '../theme/colorScheme.ts';

/** Brings language and theme of the settings onto the page, whoever changed them. */
export function FollowSettings() {
  const settings = useQuery(useOperations().settings.get.queryOptions());
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const ui = settings.data?.ui;
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
