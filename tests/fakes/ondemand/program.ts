// `npm run ondemand-emulator`: the emulator in the foreground. It says what to connect with, then one line for each request.
import { parseArgs } from 'node:util';
import { exampleEndpoint } from './exampleEndpoint.ts';
import { faultNames } from './faults.ts';
import { createOndemandEmulator, type OndemandEmulator } from './ondemandEmulator.ts';
import type { OndemandEntry } from './ondemandEntry.ts';

const usage = `npm run ondemand-emulator -- [flags]
  --port N        8283; 0 takes any that is free
  --fault NAME    every request it is for meets it; ACCOUNT=NAME only those of key-1, ada@example.com …
  --once NAME     the next request it is for meets it; may be repeated: --once 429 --once 401
  --gap MS        pause between the pieces of an answer, 30
  --help
Faults: ${faultNames.slice(1).join(' ')}, and any status from 400 on (429:7 says to come back in 7 s).
`;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function served(entry: OndemandEntry): void {
  const time = new Date(entry.time).toTimeString().slice(0, 8);
  const mode = typeof entry.json?.responseMode === 'string' ? entry.json.responseMode : null;
  const what = [entry.method, entry.path, entry.account ?? 'nobody', entry.model, mode];
  const took = `${(entry.endedAt ?? Date.now()) - entry.time} ms`;
  const left = entry.ended === 'client' ? ', the client left' : '';
  const fault = entry.fault === 'ok' ? '' : `, fault ${entry.fault}`;
  print(
    `${time} ${what.filter((part) => part !== null).join(' ')} -> ${entry.status ?? 'nothing'}, ${took}${left}${fault}`,
  );
}

function introduce(emulator: OndemandEmulator): void {
  const { origin, keys, logins, endpoints } = emulator;
  print(`on-demand.io, emulated: ${origin}`);
  for (const [index, key] of keys.entries()) print(`API key ${index + 1}: ${key}`);
  for (const { email, password } of logins) print(`Login: ${email}, password ${password}`);
  const active = endpoints.filter((endpoint) => endpoint.active).length;
  print(
    `Models: ${active} active, ${endpoints.length} listed; ask for gpt-5.6-luna, or gpt-5.6-sol, which thinks aloud`,
  );
  print(
    `In the window: Endpoints, Add endpoint, on-demand.io, with ${origin} as its base URL and the keys and logins above`,
  );
  print('Each request gets a line here. --help lists the faults it can make; Ctrl-C ends it.');
  print(`An endpoint for settings.json:\n${JSON.stringify(exampleEndpoint(emulator), null, 2)}`);
}

/** `429`, or `key-1=429`. */
function setFault(emulator: OndemandEmulator, text: string): void {
  const [, account, fault = ''] = /^(?:(.+)=)?(.+)$/.exec(text) ?? [];
  if (account !== undefined && !emulator.accounts.includes(account))
    throw new Error(`no account is called ${account}: there are ${emulator.accounts.join(', ')}`);
  emulator.set(account === undefined ? {} : { account }, fault);
}

async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8283' },
      fault: { type: 'string', multiple: true, default: [] },
      once: { type: 'string', multiple: true, default: [] },
      gap: { type: 'string', default: '30' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const [port, eventGapMs] = [Number(values.port), Number(values.gap)];
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port must be 0 to 65535');
  if (!(eventGapMs >= 0)) throw new Error('--gap must be a number of milliseconds');
  const emulator = await createOndemandEmulator({ port, eventGapMs, onServed: served });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void emulator.close().then(() => process.exit(0)));
  try {
    for (const fault of values.fault) setFault(emulator, fault);
    emulator.script(...values.once);
  } catch (error) {
    await emulator.close();
    throw error;
  }
  introduce(emulator);
}

function problem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && error.code === 'EADDRINUSE'
    ? 'the port is taken: --port 0 takes any that is free'
    : error.message;
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${problem(error)}\n`);
  process.exitCode = 1;
}
