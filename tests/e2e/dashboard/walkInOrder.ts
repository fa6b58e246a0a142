import { afterEach, beforeEach } from 'vitest';

/** For a file whose tests walk one page step by step: after a failed step the rest says so instead of failing slowly. */
export function walkInOrder(): void {
  let failed: string | null = null;
  beforeEach((context) => {
    if (failed !== null) context.skip(`the step "${failed}" failed before`);
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed ??= task.name;
  });
}
