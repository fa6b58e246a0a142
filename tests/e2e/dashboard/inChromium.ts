import { describe } from 'vitest';
import { findChromium } from './chromium.ts';

/** A suite in real Chromium. Where none is found, it says so instead of running. */
export function inChromium(name: string, suite: () => void): void {
  if (findChromium()) describe(name, suite);
  else describe.skip(`${name} (no Chromium found; SLUICE_CHROMIUM names one)`, suite);
}
