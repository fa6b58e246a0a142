import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';
import { summarise } from './summary.ts';

/** Writes the summary where `npm test` asked for it (`SLUICE_TEST_SUMMARY`); silent otherwise. */
export function createSummaryReporter(): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      const file = process.env.SLUICE_TEST_SUMMARY;
      if (file) writeFileSync(file, JSON.stringify(summarise(modules, unhandled)));
    },
  };
}
