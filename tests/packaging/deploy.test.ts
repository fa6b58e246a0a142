// The headless program's container and unit: no engine runs here, so the Dockerfile is linted and its stages' commands are run in clean folders.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { afterAll, describe, expect, test } from 'vitest';
import { eventually } from '../fakes/testCore.ts';

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, '..', '..');
const deploy = path.join(repository, 'resources', 'deploy');
const read = (name: string) => readFileSync(path.join(deploy, name), 'utf8');
const dockerfile = read('Dockerfile');

interface Step {
  keyword: string;
  words: string[];
  text: string;
}

/** The instructions by stage. */
function stages(): Step[][] {
  const all: Step[][] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') all.push([]);
    const words = instruction.getArguments().map((argument) => argument.getValue());
    all.at(-1)?.push({ keyword, words, text: instruction.getArgumentsContent() ?? '' });
  }
  return all;
}

const steps = (stage: Step[] | undefined, keyword: string) =>
  (stage ?? []).filter((step) => step.keyword === keyword);

describe('the Dockerfile', () => {
  test('has nothing a linter minds', () => {
    expect(validate(dockerfile)).toEqual([]);
    expect(validate(dockerfile.replace('EXPOSE', 'EXPOS'))).not.toEqual([]);
  });

  test('builds in one stage and runs in another, not as root, with a health check and one place to write', () => {
    const [build, program] = stages();
    expect(stages()).toHaveLength(2);
    expect(steps(build, 'USER')).toEqual([]);
    expect(steps(program, 'USER')[0]?.words).toEqual(['node']);
    expect(steps(program, 'HEALTHCHECK')).toHaveLength(1);
    expect(steps(program, 'VOLUME')[0]?.words).toEqual(['["/data"]']);
    expect(dockerfile).not.toMatch(/(PASSPHRASE|TOKEN|SECRET|KEY)=/);
  });
});

/** What the build may read: the context that Dockerfile.dockerignore leaves. */
function copyContext(to: string): void {
  const allowed = read('Dockerfile.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  for (const name of allowed) cpSync(path.join(repository, name), path.join(to, name), { recursive: true });
  for (const name of ['resources/icons', 'resources/tray'])
    rmSync(path.join(to, name), { recursive: true, force: true });
}

function jsonOf(step: Step | undefined): string[] {
  return JSON.parse(step?.text.slice(step.text.indexOf('[')) ?? '[]') as string[];
}

const unixOnly = process.platform === 'win32' ? 'the commands are those of a Linux image' : null;

describe.skipIf(unixOnly !== null)(`the stages, command by command (${unixOnly ?? 'run here'})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-deploy-'));
  const [source, app, data] = ['src', 'app', 'data'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a clean folder with the files of the context becomes the program', async () => {
    mkdirSync(source);
    const [build] = stages();
    // An image of Node has neither our modules nor our environment.
    const env = {
      HOME: folder,
      PATH: (process.env.PATH ?? '')
        .split(path.delimiter)
        .filter((entry) => !entry.includes('node_modules'))
        .concat(path.dirname(process.execPath))
        .join(path.delimiter),
      npm_config_cache: (await run('npm', ['config', 'get', 'cache'])).stdout.trim(),
      ...(process.env.npm_config_registry ? { npm_config_registry: process.env.npm_config_registry } : {}),
    };
    for (const { keyword, words, text } of build ?? []) {
      if (keyword === 'COPY' && words[0] === '.') copyContext(source);
      else if (keyword === 'COPY')
        for (const name of words.slice(0, -1)) cpSync(path.join(repository, name), path.join(source, name));
      else if (keyword === 'RUN')
        await run('sh', ['-c', text.replaceAll('/app', app)], { cwd: source, env, maxBuffer: 1 << 26 });
    }
    expect(readdirSync(app).sort()).toEqual([
      'LICENSE',
      'node_modules',
      'out',
      'package.json',
      'sluice.service',
    ]);
    expect(existsSync(path.join(app, 'out', 'main', 'desktop.js'))).toBe(false);
  }, 420_000);

  test('it serves with nothing but its own folder and the data folder, and its health check tells', async () => {
    mkdirSync(data, { mode: 0o700 });
    const [, program] = stages();
    const given = Object.fromEntries(
      (steps(program, 'ENV')[0]?.words ?? []).map((word) => word.split(/=(.*)/s).slice(0, 2)),
    ) as Record<string, string>;
    expect(given).toMatchObject({ SLUICE_HOST: '0.0.0.0', SLUICE_DATA_DIR: '/data', SLUICE_PORT: '8282' });
    const port = String(21_000 + (process.pid % 20_000));
    const env = {
      ...given,
      SLUICE_DATA_DIR: data,
      SLUICE_PORT: port,
      // Not for the network of whoever runs the tests.
      SLUICE_HOST: '127.0.0.1',
      SLUICE_VAULT: 'file',
      SLUICE_VAULT_PASSPHRASE: 'a passphrase',
    };
    const inApp = (step: Step | undefined) => jsonOf(step).map((word) => word.replace(/^\/app/, app));
    const healthy = () => {
      const [, ...args] = inApp(steps(program, 'HEALTHCHECK')[0]);
      return run(process.execPath, args, { env }).then(
        () => true,
        () => false,
      );
    };
    expect(await healthy()).toBe(false);
    const [, ...args] = inApp(steps(program, 'ENTRYPOINT')[0]);
    const child = spawn(process.execPath, args, { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    try {
      await eventually(
        () => output,
        (said) => said.includes('serves http') || child.exitCode !== null,
        20_000,
      );
      expect(output).toContain(`serves http://localhost:${port}/v1`);
      expect(await healthy()).toBe(true);
      const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('<div id="root">');
      expect(existsSync(path.join(data, 'usage.db'))).toBe(true);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);
});

test('the compose file runs what the Dockerfile makes, read-only and without rights', () => {
  const yaml = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'))(
    'js-yaml',
  ) as { load(text: string): unknown };
  const { services } = yaml.load(read('compose.yaml')) as {
    services: { sluice: Record<string, unknown> & { build: { context: string; dockerfile: string } } };
  };
  const { sluice } = services;
  const context = path.resolve(deploy, sluice.build.context);
  expect(context).toBe(repository);
  expect(existsSync(path.join(context, sluice.build.dockerfile))).toBe(true);
  expect(sluice).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    ports: ['127.0.0.1:8282:8282'],
    volumes: ['data:/data'],
  });
  expect(sluice.environment).toMatchObject({ SLUICE_VAULT: 'file' });
});

test('the unit gives the program a user of its own, its passphrase as a credential, and time to drain', () => {
  const unit = read('sluice.service');
  const values = (name: string) =>
    [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value);
  expect(values('DynamicUser')).toEqual(['yes']);
  expect(values('ProtectSystem')).toEqual(['strict']);
  expect(values('Environment')).toContain('SLUICE_VAULT_PASSPHRASE_FILE=%d/passphrase');
  expect(Number(values('TimeoutStopSec')[0])).toBeGreaterThan(30);
  // The exit codes of wrong settings and of a taken port.
  expect(values('RestartPreventExitStatus')).toEqual(['2 3']);
});
