// The workflows, as far as they can be looked at without their runners: their shape, their scripts, and what they name.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const repository = path.join(import.meta.dirname, '..', '..');

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { needs?: string[]; 'timeout-minutes'?: number; strategy?: object; steps: Step[] }>;
}

const read = (name: string) => readFileSync(path.join(repository, '.github', 'workflows', name), 'utf8');
const noBash = spawnSync('bash', ['-c', ':']).status === 0 ? null : 'there is no bash';

/** What an expression may begin with, in the places we use them. */
const contexts = /^(?:github|matrix|runner|secrets|vars)\.[\w.-]+$/;

function expressionsOf(text: string): string[] {
  return [...text.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)].map(([, inner = '']) => inner);
}

function partsOf(expression: string): string[] {
  return expression.split(/\s*(?:&&|\|\||==|!=)\s*/).filter((part) => !/^'[^']*'$/.test(part));
}

test.each(['ci.yml', 'release.yml'])('%s is whole', (name) => {
  const text = read(name);
  const workflow = parse(text, { strict: true, uniqueKeys: true }) as Workflow;
  expect(workflow.permissions).toEqual({ contents: 'read' });
  for (const expression of expressionsOf(text))
    for (const part of partsOf(expression)) expect(part, expression).toMatch(contexts);
  for (const [job, { needs = [], steps, ...rest }] of Object.entries(workflow.jobs)) {
    expect(rest['timeout-minutes'], job).toBeGreaterThan(0);
    for (const other of needs) expect(Object.keys(workflow.jobs)).toContain(other);
    for (const { uses, run, with: inputs } of steps) {
      expect([uses, run].filter(Boolean), job).toHaveLength(1);
      // A tag can be moved to other code, a commit can't.
      if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      if (uses?.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false);
      // What comes from outside is given by the environment; put into the text it would be run.
      for (const expression of expressionsOf(run ?? '')) expect(expression).toMatch(/^matrix\./);
      for (const [file] of (run ?? '').matchAll(/(?<![\w/-])(?:resources|tests)\/[\w/.-]+\.\w+/g))
        expect(existsSync(path.join(repository, file)), file).toBe(true);
    }
  }
});

test.skipIf(noBash !== null)(`their scripts are bash (${noBash ?? 'looked at here'})`, () => {
  for (const name of ['ci.yml', 'release.yml'])
    for (const { steps } of Object.values((parse(read(name)) as Workflow).jobs))
      for (const { run = '' } of steps) {
        const script = run.replace(/\$\{\{.*?\}\}/g, 'x');
        const { stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
        expect(stderr, script).toBe('');
      }
});

test('a release is walked on the real Electron, on the files that were packed, and the packed program is started', () => {
  const { desktop, publish } = (parse(read('release.yml')) as Workflow).jobs;
  const scripts = desktop?.steps ?? [];
  const suites = scripts.find(({ run }) => run?.includes('tests/e2e/desktop'));
  expect(suites?.run).toContain('SLUICE_E2E_APP=');
  expect(suites?.env).toMatchObject({ SLUICE_E2E_RUNTIME: 'electron' });
  expect(scripts.some(({ run }) => run?.includes('tests/packaging/startPackaged.ts'))).toBe(true);
  expect(publish?.needs).toEqual(expect.arrayContaining(['desktop', 'headless']));
});
