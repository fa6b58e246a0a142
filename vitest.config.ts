import { defineConfig } from 'vitest/config';
import { createSummaryReporter } from './tests/reporter/summaryReporter.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    // What is waited for comes late on a busy machine: these tell of what never comes, and of no delay.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', createSummaryReporter()],
  },
});
