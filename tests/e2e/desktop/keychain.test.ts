// Secrets in the real keychain, as the desktop reaches it: through a utility process, because its fuses forbid Node's fork.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wordsFor } from '../../../main/desktop/words.ts';
import {
  type KeyringSession,
  missingForKeyring,
  startKeyringSession,
  startPanel,
} from '../../integration/vault/keyringSession.ts';
import { filesHolding } from '../../unit/store/tempDir.ts';
import { chat, clientKey } from './client.ts';
import type { Desktop } from './desktop.ts';
import { launchDesktop } from './driver.ts';
import { gatewayOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';

const missing = missingForKeyring();
const words = wordsFor('en', 'en');
const secret = 'sk-planted-keychain-secret-31f7';

describe.skipIf(missing !== null)(`the desktop and the real keychain (${missing ?? 'present'})`, () => {
  let keyring: KeyringSession;
  let dataDir: string;
  let upstream: Server;
  let shown: (string | undefined)[];
  let desktop: Desktop;

  beforeEach(async () => {
    keyring = await startKeyringSession();
    // It ends with the bus.
    await startPanel(keyring.environment);
    dataDir = makeDataDir();
    shown = [];
    upstream = createServer((request, response) => {
      shown.push(request.headers.authorization);
      response.setHeader('content-type', 'application/json');
      const choices = [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }];
      response.end(JSON.stringify({ id: 'x', object: 'chat.completion', choices }));
    }).listen(0, '127.0.0.1');
    await until(
      () => upstream.address(),
      (address) => address !== null,
    );
  });

  afterEach(async () => {
    await desktop?.kill();
    upstream.closeAllConnections();
    upstream.close();
    await keyring.close();
    removeDataDir(dataDir);
  });

  async function launch(): Promise<void> {
    const { HOME: _home, ...session } = keyring.environment;
    desktop = await launchDesktop({
      dataDir,
      args: ['--hidden'],
      env: { ...session, SLUICE_VAULT: 'keychain', SLUICE_CLIENT_KEY: clientKey },
    });
  }

  test('a secret moves there from the settings and is found after a restart', async () => {
    await keyring.startOpen();
    const { port } = upstream.address() as AddressInfo;
    const settings = {
      endpoints: [
        {
          id: 'one',
          kind: 'openai',
          baseUrl: `http://127.0.0.1:${port}/v1`,
          accounts: [{ id: 'a', secret }],
          models: ['demo'],
        },
      ],
    };
    writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify(settings));
    await launch();
    await until(desktop.tray.look, (look) => look === 'on');
    expect((await chat(gatewayOf(dataDir))).status).toBe(200);
    expect(readFileSync(path.join(dataDir, 'settings.json'), 'utf8')).toContain('"vault"');
    await desktop.tray.click(words.quit);
    expect(await desktop.exited).toBe(0);
    await launch();
    await until(desktop.tray.look, (look) => look === 'on');
    expect((await chat(gatewayOf(dataDir))).status).toBe(200);
    expect(shown).toEqual([`Bearer ${secret}`, `Bearer ${secret}`]);
    expect(filesHolding(dataDir, [secret])).toEqual([]);
  });

  test('locked, it is told in the tray and the gateway is up all the same', async () => {
    await keyring.startOpen();
    await keyring.lock();
    await launch();
    await until(desktop.tray.look, (look) => look === 'trouble');
    await until(
      async () => (await desktop.tray.rows()).map(({ label }) => label),
      (labels) => labels.includes(words.problems['vault-locked']) && labels.includes(words.state.on),
    );
  });
});
