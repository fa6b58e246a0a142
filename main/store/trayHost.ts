// Asks the session bus whether this Linux desktop has a place for tray icons (StatusNotifier), and follows it: panels come and go.
import { connectDBus } from './dbus.ts';
import { sessionBusAddress } from './secretService.ts';

export interface TrayHost {
  close(): void;
}

const watcher = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';
const call = { destination: bus, path: '/org/freedesktop/DBus', interface: bus, signature: 's' };
const ownerChanges = `type='signal',sender='${bus}',interface='${bus}',member='NameOwnerChanged',arg0='${watcher}'`;

/** `hear` is told at once how it is, and then of each change. Null where there is no session bus that could tell. */
export async function watchTrayHost(
  environment: Readonly<Record<string, string | undefined>>,
  hear: (shown: boolean) => void,
): Promise<TrayHost | null> {
  const address = sessionBusAddress(environment);
  if (address === null) return null;
  try {
    const connection = await connectDBus(address, process.getuid?.() ?? 0);
    let last: boolean | null = null;
    const tell = (shown: boolean): void => {
      if (shown === last) return;
      last = shown;
      hear(shown);
    };
    connection.onSignal(({ member, body: [name, , owner] }) => {
      if (member === 'NameOwnerChanged' && name === watcher) tell(owner !== '');
    });
    await connection.call({ ...call, member: 'AddMatch', body: [ownerChanges] });
    const [owned] = await connection.call({ ...call, member: 'NameHasOwner', body: [watcher] });
    tell(owned === true);
    return { close: () => connection.close() };
  } catch {
    return null;
  }
}
