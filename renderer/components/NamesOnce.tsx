import { createContext, useContext } from 'react';
import { type Names, useNames } from './useNames.ts';

const NamesContext = createContext<Names | null>(null);

/** Asks once what ids are called, for all rows of a list: each row asking for itself makes scrolling slow. */
export function NamesOnce({ children }: { children: React.ReactNode }) {
  return <NamesContext value={useNames()}>{children}</NamesContext>;
}

/** The names for a row below `NamesOnce`. */
export function useNamesOfList(): Names {
  const names = useContext(NamesContext);
  if (!names) throw new Error('useNamesOfList outside of NamesOnce');
  return names;
}
