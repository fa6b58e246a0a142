// Whether a desktop shows tray icons, asked of a real session bus.
import { afterEach, expect, test } from 'vitest';
import type { DBus } from '../../../main/store/dbus.ts';
import { type TrayHost, watchTrayHost } from '../../../main/store/trayHost.ts';
import { eventually } from '../../fakes/testCore.ts';
import { missingForBus, startBus, startPanel } from './keyringSession.ts';

const missing = missingForBus();
const opened: (DBus | TrayHost)[] = [];

afterEach(() => {
  for (const connection of opened.splice(0)) connection.close();
});

async function openPanel(environment: Record<string, string>): Promise<DBus> {
  const panel = await startPanel(environment);
  opened.push(panel);
  return panel;
}

test.skipIf(missing !== null)(
  `a panel is seen, and so is its coming and going (${missing ?? 'a bus is here'})`,
  async () => {
    const { environment, close } = await startBus();
    try {
      const heard: boolean[] = [];
      const host = await watchTrayHost(environment, (shown) => void heard.push(shown));
      if (!host) throw new Error('the bus did not answer');
      opened.push(host);
      expect(heard).toEqual([false]);
      const panel = await openPanel(environment);
      await eventually(
        () => heard.length,
        (count) => count === 2,
      );
      panel.close();
      await eventually(
        () => heard.length,
        (count) => count === 3,
      );
      expect(heard).toEqual([false, true, false]);

      await openPanel(environment);
      const late: boolean[] = [];
      const second = await watchTrayHost(environment, (shown) => void late.push(shown));
      if (second) opened.push(second);
      expect(late).toEqual([true]);
    } finally {
      await close();
    }
  },
);

test('without a bus nothing is known, and nothing said', async () => {
  const hear = (): never => {
    throw new Error('nobody could know');
  };
  expect(await watchTrayHost({}, hear)).toBeNull();
  expect(await watchTrayHost({ DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, hear)).toBeNull();
  expect(await watchTrayHost({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }, hear)).toBeNull();
});
