import { describe } from 'vitest';
import { findChromium } from './chromium.ts';

function named(name: string): string {
  return findChromium() ? name : `${name} (no Chromium found; SLUICE_CHROMIUM names one)`;
}

/** A suite in real Chromium. Where none is found, it says so instead of running. */
export function inChromium(name: string, suite: () => void): void {
  describe.skipIf(!findChromium())(named(name), suite);
}

inChromium.each =
  <T>(cases: readonly T[]) =>
  (name: string, suite: (value: T) => void): void => {
    for (const value of cases) inChromium(name.replace('%s', String(value)), () => suite(value));
  };
