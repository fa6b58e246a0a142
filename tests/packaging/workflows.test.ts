// The workflows, as far as they can be looked at without their runners: their shape, their scripts, and what they name.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** The first majors that run on Node 24: runners have no Node 20 any more. */
const onNode24: Record<string, number> = {
  'actions/checkout': 5,
  'actions/setup-node': 5,
  'actions/upload-artifact': 6,
  'actions/download-artifact': 7,
  'actions/attest-build-provenance': 4,
};

test.each(['ci.yml', 'release.yml'])('the actions of %s run on a Node that runners have', (name) => {
  const pinned = [...read(name).matchAll(/uses: ([\w/-]+)@\w+ # v(\d+)\.\d+\.\d+$/gm)];
  expect(pinned).toHaveLength(read(name).match(/uses:/g)?.length ?? 0);
  for (const [line, action = '', major] of pinned)
    expect(Number(major), line).toBeGreaterThanOrEqual(onNode24[action] ?? Number.POSITIVE_INFINITY);
});

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

/** Runs a step of the publishing job as its runner would, with words for what it would call; returns what it said, and the notes. */
function publishStep(name: string, tag: string, given: Record<string, string> = {}): string {
  const { publish } = (parse(read('release.yml')) as Workflow).jobs;
  const script = publish?.steps.find((step) => step.name === name)?.run ?? '';
  const stubs = `for name in gh docker node; do eval "$name() { echo $name \\"\\$@\\"; }"; done`;
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-publish-'));
  try {
    mkdirSync(path.join(folder, 'release'));
    writeFileSync(path.join(folder, 'release', 'Sluice.deb'), '');
    writeFileSync(
      path.join(folder, 'CHANGELOG.md'),
      '# Changelog\n\n## [1.2.3]\n\nThis.\n\n## [1.2.2]\n\nThat.\n',
    );
    const env = { PATH: process.env.PATH ?? '', GITHUB_REF_NAME: tag, GITHUB_REPOSITORY: 'A/b', ...given };
    const args = ['-e', '-o', 'pipefail', '-c', `${stubs}\n${script}`];
    const { stdout, stderr, status } = spawnSync('bash', args, { cwd: folder, encoding: 'utf8', env });
    expect(status, stderr).toBe(0);
    const notes = path.join(folder, 'notes.md');
    return stdout + (existsSync(notes) ? readFileSync(notes, 'utf8') : '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.skipIf(noBash !== null)(
  'a preview is marked as one, leads no update and is not the latest image',
  () => {
    const image = "One name for both processors' images";
    expect(publishStep(image, 'v1.2.3')).toContain(
      '-t ghcr.io/a/b:1.2.3 -t ghcr.io/a/b:latest ghcr.io/a/b:1.2.3-x64',
    );
    expect(publishStep(image, 'v1.2.3-beta.1')).not.toContain('latest');
    const sign = 'Sign what updates are read from';
    const key = { SLUICE_UPDATE_PRIVATE_KEY: 'k' };
    expect(publishStep(sign, 'v1.2.3', key)).toContain('signUpdates.mjs release');
    expect(publishStep(sign, 'v1.2.3-beta.1', key)).toContain('::notice::');
    expect(publishStep(sign, 'v1.2.3', { SLUICE_UPDATE_PRIVATE_KEY: '' })).toContain('::notice::');
    expect(publishStep('Release', 'v1.2.3')).not.toContain('--prerelease');
    expect(publishStep('Release', 'v1.2.3-beta.1')).toContain('--prerelease');
  },
);

test.skipIf(noBash !== null)('the notes are the version’s own, and say what is not signed', () => {
  const signed = { SIGNED_FOR_MACOS: 'true', SIGNED_FOR_WINDOWS: 'true' };
  const notes = publishStep('Release', 'v1.2.3', signed);
  expect(notes).toContain('This.');
  expect(notes).not.toMatch(/That|macOS|Windows/);
  expect(publishStep('Release', 'v1.2.3', { ...signed, SIGNED_FOR_MACOS: 'false' })).toContain(
    'macOS carry no',
  );
  expect(publishStep('Release', 'v1.2.3', { ...signed, SIGNED_FOR_WINDOWS: 'false' })).toContain(
    'Windows carry no',
  );
});
