// What is removed while the vault is locked, and put back before it opens, is still there afterwards.
import { afterEach, expect, test } from 'vitest';
import { putBackAccount } from '../../../main/control/putBack.ts';
import { createRemovedItems } from '../../../main/control/removedItems.ts';
import { createFakeKeychain } from '../../unit/store/fakeKeychain.ts';
import { cleanUp, newDataDir, startSettings } from './settingsBench.ts';

const key = 'planted-locked-key-42';
afterEach(() => cleanUp(() => {}));

test.each([
  ['put back', true],
  ['gone for good', false],
])('an account removed under a locked keychain: %s', async (_what, undone) => {
  const keychain = createFakeKeychain('ready');
  const dataDir = newDataDir();
  const settings = {
    endpoints: [{ id: 'e', baseUrl: 'https://e.test/v1', accounts: [{ id: 'a1', secret: key }] }],
  };
  const first = await startSettings({ dataDir, keychain, settings });
  await first.stop();
  keychain.state = 'locked';
  const { config, vault } = await startSettings({ dataDir, keychain });
  const removed = createRemovedItems(config);
  let undo = '';
  await config.edit((draft) => {
    undo = removed.keep(putBackAccount(draft, config.reveal, { id: 'e', accountId: 'a1' }));
    for (const endpoint of draft.endpoints) endpoint.accounts = [];
  });
  if (undone) await removed.restore(undo);
  keychain.state = 'ready';
  await vault.retry();
  await config.reload();
  expect(keychain.entries.get('account/e/a1')).toBe(undone ? key : undefined);
  const credential = config.snapshots.current.endpoints[0]?.accounts[0]?.credential;
  expect(credential).toMatchObject(undone ? { state: 'ready', secret: key } : { state: 'none' });
});
