import { createContext, useContext } from 'react';
import type { Format } from './createFormat.ts';

export const FormatContext = createContext<Format | null>(null);

/** How numbers and times are written in the window's language. */
export function useFormat(): Format {
  const format = useContext(FormatContext);
  if (!format) throw new Error('useFormat needs a FormatProvider above it');
  return format;
}
