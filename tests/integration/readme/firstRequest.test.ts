// The README's first request, run as written: only the address and the key are this test's own.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../../', import.meta.url));
const [adminToken, clientKey] = ['readme-admin-token-0123456789', 'sluice-readme-client-key-0123456789'];
const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-readme-'));
let address = '';

const gateway = spawn(
  process.execPath,
  ['main/headless.ts', '--data-dir', dataDir, '--port', '0', '--vault', 'memory', '--log-level', 'warn'],
  {
    cwd: repository,
    env: { ...process.env, SLUICE_ADMIN_TOKEN: adminToken, SLUICE_CLIENT_KEY: clientKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  },
);
let said = '';
for (const stream of [gateway.stdout, gateway.stderr]) {
  stream.on('data', (bytes) => {
    said += bytes;
  });
}

beforeAll(async () => {
  const runtime = path.join(dataDir, 'runtime.json');
  for (let waited = 0; !existsSync(runtime); waited += 50) {
    if (waited > 20_000 || gateway.exitCode !== null) throw new Error(`the gateway did not start:\n${said}`);
    await sleep(50);
  }
  address = JSON.parse(readFileSync(runtime, 'utf8')).url;
  const answer = await fetch(`${address}/control/endpoints/demo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok)
    throw new Error(`the demo endpoint could not be added: ${answer.status} ${await answer.text()}`);
});

afterAll(async () => {
  gateway.kill('SIGKILL');
  while (gateway.exitCode === null && gateway.signalCode === null) await sleep(10);
  rmSync(dataDir, { recursive: true, force: true });
});

/** The README's only block in that language that speaks to the gateway. */
function block(file: string, language: string): string {
  const blocks = [...readFileSync(path.join(repository, file), 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  const found = blocks.filter(([, name, code]) => name === language && code?.includes('chat'));
  expect(found).toHaveLength(1);
  return (found[0]?.[2] ?? '').replaceAll('http://localhost:8282', address);
}

async function has(command: string, args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

const env = { ...process.env, SLUICE_KEY: clientKey };
const readmes = [
  { file: 'README.md', answer: /Hello from Sluice/ },
  { file: 'README.zh-CN.md', answer: /你好，这里是 Sluice/ },
];

test.for(readmes)('curl, as $file has it', async ({ file, answer }, { skip }) => {
  if (!(await has('curl', ['--version']))) skip('curl is not installed');
  const { stdout } = await run('sh', ['-c', block(file, 'sh')], { env });
  const body = JSON.parse(stdout);
  expect(body.choices[0].message.content).toMatch(answer);
  expect(body.usage.total_tokens).toBeGreaterThan(0);
});

test.for(readmes)('the Node SDK, as $file has it', async ({ file, answer }) => {
  // Beside this test, so that `openai` is found in node_modules.
  const program = path.join(repository, 'node_modules', '.cache', `readme-${process.pid}.mjs`);
  writeFileSync(program, block(file, 'js'));
  try {
    const { stdout } = await run(process.execPath, [program], { env });
    expect(stdout).toMatch(answer);
  } finally {
    rmSync(program);
  }
});

test.for(readmes)('the Python SDK, as $file has it', async ({ file, answer }, { skip }) => {
  if (!(await has('python3', ['-c', 'import openai']))) skip('Python has no package openai here');
  const { stdout } = await run('python3', ['-c', block(file, 'python')], { env });
  expect(stdout).toMatch(answer);
});
