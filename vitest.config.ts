import { defineConfig } from 'vitest/config';
import { createSummaryReporter } from './tests/reporter/summaryReporter.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What is waited for comes late on a busy machine; one second told of nothing but that.
    expect: { poll: { timeout: 10_000 } },
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', createSummaryReporter()],
  },
});
