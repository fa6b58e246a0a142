import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './createFormat.ts';

/** The user's own English or Chinese where the browser names one, so that dates look as at home. */
function localeFor(language: string): string {
  return navigator.languages.find((locale) => locale.split('-')[0] === language.split('-')[0]) ?? language;
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? 'en';
  return useMemo(() => createFormat(localeFor(language)), [language]);
}
