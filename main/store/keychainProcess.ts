// Entry of a process of its own that calls keytar: a keychain that waits for its user blocks a thread of this process, which can
// then be killed; in the gateway's process the thread would keep the program from ever ending.
import { createRequire } from 'node:module';
import { type KeychainAnswer, type KeychainRequest, keychainRequestSchema } from './keychainMessages.ts';

interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/** Electron's utilityProcess has a port instead of Node's channel. */
interface ParentPort {
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort;

function answer(message: KeychainAnswer): void {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function perform(keytar: Keytar, request: KeychainRequest): Promise<string | null> {
  const { service, ref, secret } = request;
  if (request.operation === 'get') return keytar.getPassword(service, ref);
  if (request.operation === 'delete') await keytar.deletePassword(service, ref);
  else await keytar.setPassword(service, ref, secret ?? '');
  return null;
}

async function handle(request: KeychainRequest): Promise<void> {
  const { id } = request;
  let keytar: Keytar;
  try {
    keytar = createRequire(import.meta.url)('keytar') as Keytar;
  } catch (error) {
    answer({ id, ok: false, loaded: false, message: textOf(error) });
    return;
  }
  try {
    answer({ id, ok: true, secret: await perform(keytar, request) });
  } catch (error) {
    answer({ id, ok: false, loaded: true, message: textOf(error) });
  }
}

function receive(message: unknown): void {
  const request = keychainRequestSchema.safeParse(message);
  if (request.success) void handle(request.data);
}

if (parentPort) parentPort.on('message', (event) => receive(event.data));
else process.on('message', receive);

// An ordinary exit would wait for a thread that waits for the user.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C in a terminal reaches the whole group; this process ends with the gateway, not before it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
