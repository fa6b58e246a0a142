// Starts a packed program as its users do, asks its gateway for an answer, tries what its fuses forbid, and ends it:
// `startPackaged.ts PROGRAM`. Those very fuses keep the other suites from looking inside.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { demoBaseUrl } from '../../main/contract/schemas/endpoint.ts';
import { chat, clientKey } from '../e2e/desktop/client.ts';
import {
  desktopEnvironment,
  gatewayOf,
  logOf,
  makeDataDir,
  removeDataDir,
} from '../e2e/desktop/surroundings.ts';
import { until } from '../e2e/desktop/until.ts';
import { fuseHolder, readFuses } from './fuseWire.ts';
import { opensOnSignal, probeFuses } from './probeFuses.ts';

const [program] = process.argv.slice(2);
if (!program) {
  process.stderr.write('usage: startPackaged.ts PROGRAM\n');
  process.exit(2);
}

const dataDir = makeDataDir();
const settings = {
  clientKeys: [{ id: 'walk', name: 'Walk', secret: clientKey }],
  endpoints: [{ id: 'demo', name: 'Demo', kind: 'openai', baseUrl: demoBaseUrl }],
};
writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify(settings));
const env = desktopEnvironment({ dataDir });
const child = spawn(program, [], { env, stdio: ['ignore', 'inherit', 'pipe'] });
let said = '';
child.stderr.on('data', (bytes) => {
  said += bytes;
  process.stderr.write(bytes);
});
const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
let failed: unknown = null;
try {
  const address = await until(
    async () => gatewayOf(dataDir),
    (found) => found !== null || child.exitCode !== null,
  );
  const answer = await chat(address);
  if (answer.status !== 200) throw new Error(`the gateway answered ${answer.status}: ${answer.text}`);
  process.stdout.write('the packed program answers\n');
  const { resetAdHocDarwinSignature: _none, ...wanted } = parse(readFileSync('electron-builder.yml', 'utf8'))
    .electronFuses as Record<string, boolean>;
  const set = readFuses(readFileSync(fuseHolder(program)));
  for (const [name, on] of Object.entries(wanted))
    if (set[name] !== on) throw new Error(`its fuse ${name} is ${set[name]} and should be ${on}`);
  const open = await probeFuses(program, env);
  if (process.platform !== 'win32' && (await opensOnSignal(child, () => said))) open.push('opens on SIGUSR1');
  if (open.length > 0) throw new Error(`its fuses do not hold: it ${open.join(', ')}`);
  process.stdout.write('its fuses hold\n');
  if ((await chat(address)).status !== 200) throw new Error('it stopped answering');
} catch (error) {
  failed = error;
}
child.kill('SIGTERM');
setTimeout(() => child.kill('SIGKILL'), 20_000).unref();
const code = await exited;
// Windows knows no SIGTERM: there the program is ended, not asked to.
if (!failed && process.platform !== 'win32' && code !== 0) failed = new Error(`it ended with ${code}`);
if (failed) process.stderr.write(`${String(failed)}\n${logOf(dataDir)}\n`);
removeDataDir(dataDir);
process.exitCode = failed ? 1 : 0;
