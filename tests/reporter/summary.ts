// Turns a finished Vitest run into the counts that `npm test` prints. It decides what is a pass, a failure and an honest skip.
import type { TestCase, TestModule, TestSuite } from 'vitest/node';

export interface Summary {
  passed: number;
  /** One entry a failure, as people read it. */
  failed: string[];
  skipped: { name: string; reason: string }[];
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

/** A skip says why through `ctx.skip(reason)`, or in parentheses at the end of its own or its suite's name. */
function reasonOf(test: TestCase, note: string | undefined): string | null {
  if (note) return note;
  for (let at: TestCase | TestSuite | TestModule = test; at.type !== 'module'; at = at.parent) {
    const said = /\(([^()]+)\)\s*$/.exec(at.name)?.[1];
    if (said) return said;
  }
  return null;
}

function brokenAbove(test: TestCase): boolean {
  for (let at: TestSuite | TestModule = test.parent; ; at = at.parent) {
    if (at.errors().length > 0) return true;
    if (at.type === 'module') return false;
  }
}

/** Adds up one run. A file that can't be loaded, a broken hook and an error outside any test are failures of their own. */
export function summarise(
  modules: readonly TestModule[],
  unhandled: readonly { message: string }[],
): Summary {
  const summary: Summary = { passed: 0, failed: [], skipped: [] };
  for (const module of modules) {
    const broken = [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
    for (const suite of broken) {
      const name = suite.type === 'module' ? '' : ` > ${suite.fullName}`;
      summary.failed.push(`${module.relativeModuleId}${name}: ${suite.errors()[0]?.message ?? 'broken'}`);
    }
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') summary.passed += 1;
      else if (result.state !== 'skipped') summary.failed.push(nameOf(test));
      else if (brokenAbove(test)) summary.failed.push(`${nameOf(test)} (not run)`);
      else {
        const reason = reasonOf(test, result.note);
        if (reason) summary.skipped.push({ name: nameOf(test), reason });
        else summary.failed.push(`${nameOf(test)} (skipped without a reason)`);
      }
    }
  }
  for (const error of unhandled) summary.failed.push(`outside any test: ${error.message}`);
  return summary;
}
