import { type PropsWithChildren, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat } from './createFormat.ts';
import { FormatContext } from './useFormat.ts';

/** The user's own English or Chinese where the browser names one, so that dates look as at home. */
function localeFor(language: string): string {
  return navigator.languages.find((locale) => locale.split('-')[0] === language.split('-')[0]) ?? language;
}

/** One format for the whole window: a dozen of `Intl`'s formatters take half a millisecond to make, which a list has not got for each row. */
export function FormatProvider({ children }: PropsWithChildren) {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? 'en';
  const format = useMemo(() => createFormat(localeFor(language)), [language]);
  return <FormatContext value={format}>{children}</FormatContext>;
}
