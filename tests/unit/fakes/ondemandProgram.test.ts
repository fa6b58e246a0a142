// `npm run ondemand-emulator` as a person runs it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { ondemandModels } from '../../../main/contract/ondemandModels.ts';
import { endpointSchema } from '../../../main/contract/schemas/endpoint.ts';
import { checkOptions } from '../../../main/contract/schemas/endpointOptions.ts';
import { ask } from '../../fakes/ondemand/rawClient.ts';

let child: ChildProcess;
let said = '';

function start(...flags: string[]): void {
  said = '';
  const program = fileURLToPath(new URL('../../fakes/ondemand/program.ts', import.meta.url));
  child = spawn(process.execPath, [program, '--port', '0', '--gap', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const from of [child.stdout, child.stderr])
    from?.on('data', (bytes) => {
      said += bytes;
    });
}

async function hear(pattern: RegExp): Promise<string> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = pattern.exec(said);
    if (found) return found[1] ?? found[0];
    await sleep(20);
  }
  throw new Error(`never said ${pattern}:\n${said}`);
}

afterEach(() => void child.kill('SIGKILL'));

test('says what to connect with, then one line for each request', async () => {
  start('--once', '429:3', '--fault', 'key-2=503');
  const example = JSON.parse(await hear(/settings\.json:\n(\{[\s\S]*\n\})\n/));
  const origin = await hear(/emulated: (http:\/\/127\.0\.0\.1:\d+)/);
  const endpoint = endpointSchema.parse(example);
  const issues: unknown[] = [];
  checkOptions(endpoint, { addIssue: (issue) => issues.push(issue) });
  expect(issues).toEqual([]);
  expect(endpoint).toMatchObject({ kind: 'ondemand', baseUrl: origin, options: { authBaseUrl: origin } });
  expect(endpoint.accounts).toHaveLength(4);
  expect(said.match(/^API key \d: /gm)).toHaveLength(2);
  expect(said).toContain(`with ${origin} as its base URL`);
  const [, asked = ''] = /ask for (\S+),/.exec(said) ?? [];
  expect(ondemandModels.find(({ name }) => name === asked)?.active).toBe(true);
  expect(said.match(/^Login: \S+, password \S+$/gm)).toHaveLength(2);

  const [first, second] = endpoint.accounts.map(({ secret }) => String(secret));
  const create = (apikey = '') =>
    ask({ origin }, '/chat/v1/sessions', { headers: { apikey }, json: { externalUserId: 'x' } });
  expect((await create(first)).status).toBe(429);
  expect((await create(first)).status).toBe(201);
  expect((await create(second)).status).toBe(503);
  await hear(/POST \/chat\/v1\/sessions key-1 -> 429, \d+ ms, fault 429:3\n/);
  await hear(/POST \/chat\/v1\/sessions key-1 -> 201, \d+ ms\n/);
  await hear(/POST \/chat\/v1\/sessions key-2 -> 503, \d+ ms, fault 503\n/);
  const lines = said.slice(said.lastIndexOf('}\n') + 2);
  expect(lines.trim().split('\n')).toHaveLength(3);
  expect(lines).not.toContain(first);
});

test.skipIf(process.platform === 'win32')('ends in good order (signals are POSIX)', async () => {
  start();
  await hear(/settings\.json/);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test.each([
  [['--fault', 'cutt'], 'no fault is called "cutt"'],
  [['--fault', 'key-9=429'], 'no account is called key-9'],
  [['--gap', 'x'], '--gap must be'],
])('%j is refused in one line', async (flags, message) => {
  start(...flags);
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toContain(message);
  expect(said.trim().split('\n')).toHaveLength(1);
});
