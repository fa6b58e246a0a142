import { createContext, useContext } from 'react';

/** What is searched for, in lower case; empty shows all. */
const SearchContext = createContext('');
export const SettingsSearch = SearchContext.Provider;

/** True where a search is on and none of the texts holds it. */
export function useLeftOut(...texts: readonly unknown[]): boolean {
  const wanted = useContext(SearchContext);
  if (wanted === '') return false;
  return !texts.some((text) => typeof text === 'string' && text.toLowerCase().includes(wanted));
}
