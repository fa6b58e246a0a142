// Asks Linux's Secret Service (gnome-keyring, KWallet, KeePassXC …) how it is. keytar can't: it takes a locked keyring for an empty one.
import { setTimeout as pause } from 'node:timers/promises';
import { connectDBus, type DBus, DBusError } from './dbus.ts';
import type { DBusValue, DBusVariant } from './dbusWire.ts';

/** `absent`: there is no service, or no keyring in it, that could hold secrets. */
export interface KeyringState {
  state: 'ready' | 'locked' | 'absent';
  reason: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const service = 'org.freedesktop.secrets';
const root = '/org/freedesktop/secrets';
const serviceInterface = 'org.freedesktop.Secret.Service';

/** Where the session bus listens, as libsecret looks for it; null where there is none. */
export function sessionBusAddress(environment: Environment): string | null {
  const address = environment.DBUS_SESSION_BUS_ADDRESS;
  if (address) return address.includes('unix:') ? address : null;
  return environment.XDG_RUNTIME_DIR ? `unix:path=${environment.XDG_RUNTIME_DIR}/bus` : null;
}

/** The promise's value, or `late()` after so many milliseconds. */
async function within<T>(ms: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), ms);
    timer.unref();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function variantValue(value: DBusValue | undefined): DBusValue | undefined {
  return typeof value === 'object' && 'signature' in value ? (value as DBusVariant).value : value;
}

async function defaultCollection(bus: DBus): Promise<string | null> {
  const [path] = await bus.call({
    destination: service,
    path: root,
    interface: serviceInterface,
    member: 'ReadAlias',
    signature: 's',
    body: ['default'],
  });
  return typeof path === 'string' && path !== '/' ? path : null;
}

/** gnome-keyring has no default for a moment each time it reads its folder again; longer than this, it has none. */
const noDefaultLimitMs = 600;

async function settledDefaultCollection(bus: DBus): Promise<string | null> {
  const start = performance.now();
  let collection = await defaultCollection(bus);
  while (!collection && performance.now() - start < noDefaultLimitMs) {
    await pause(40);
    collection = await defaultCollection(bus);
  }
  return collection;
}

async function isLocked(bus: DBus, collection: string): Promise<boolean> {
  const [locked] = await bus.call({
    destination: service,
    path: collection,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: ['org.freedesktop.Secret.Collection', 'Locked'],
  });
  return variantValue(locked) === true;
}

function absent(reason: string): KeyringState {
  return { state: 'absent', reason };
}

async function withBus<T>(environment: Environment, work: (bus: DBus) => Promise<T>): Promise<T> {
  const address = sessionBusAddress(environment);
  if (!address) throw new Error('there is no session bus');
  const bus = await connectDBus(address, process.geteuid?.() ?? 0);
  try {
    return await work(bus);
  } finally {
    bus.close();
  }
}

/** Never shows a prompt, never throws, answers within `limitMs`. */
export function readKeyringState(environment: Environment, limitMs = 2_000): Promise<KeyringState> {
  let closeBus = () => {};
  const ask = withBus(environment, async (bus): Promise<KeyringState> => {
    closeBus = bus.close;
    const collection = await settledDefaultCollection(bus);
    if (!collection) return absent('the keyring service has no default keyring');
    if (!(await isLocked(bus, collection))) return { state: 'ready', reason: null };
    return { state: 'locked', reason: 'the keyring is locked' };
  }).catch((error: unknown) => {
    if (error instanceof DBusError && /ServiceUnknown|NameHasNoOwner|Spawn/.test(error.errorName))
      return absent('no keyring service runs (for example gnome-keyring or KWallet)');
    return absent(error instanceof Error ? error.message : 'the keyring service does not answer');
  });
  return within(limitMs, ask, () => {
    closeBus();
    return { state: 'locked', reason: 'the keyring service does not answer' };
  });
}

/**
 * Has the service ask the user for the keyring's password. True once it is open; false where the user declined,
 * nobody could be asked, or `limitMs` passed (which takes the prompt away).
 */
export function askToUnlock(environment: Environment, limitMs = 120_000): Promise<boolean> {
  let closeBus = () => {};
  const ask = withBus(environment, async (bus) => {
    closeBus = bus.close;
    const collection = await settledDefaultCollection(bus);
    if (!collection) return false;
    const completed = new Promise<void>((resolve) => {
      bus.onSignal((signal) => {
        if (signal.member === 'Completed') resolve();
      });
    });
    const [, prompt] = await bus.call({
      destination: service,
      path: root,
      interface: serviceInterface,
      member: 'Unlock',
      signature: 'ao',
      body: [[collection]],
    });
    if (typeof prompt === 'string' && prompt !== '/') {
      await bus.call({
        destination: service,
        path: prompt,
        interface: 'org.freedesktop.Secret.Prompt',
        member: 'Prompt',
        signature: 's',
        body: [''],
      });
      await completed;
    }
    return !(await isLocked(bus, collection));
  }).catch(() => false);
  return within(limitMs, ask, () => {
    closeBus();
    return false;
  });
}
