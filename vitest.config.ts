import { defineConfig } from 'vitest/config';
import { createSummaryReporter } from './tests/reporter/summaryReporter.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', createSummaryReporter()],
  },
});
