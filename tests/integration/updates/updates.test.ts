// The real updater against a real server: whatever is not signed by our key, newer and whole is refused, and the program goes on.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UpdateTrouble } from '../../../main/contract/schemas/update.ts';
import { createUpdates, type Updates } from '../../../main/desktop/updates/createUpdates.ts';
import { createPageEngine } from '../../../main/desktop/updates/pageEngine.ts';
import type { SendRequest } from '../../../main/desktop/updates/readHttps.ts';
import { createUpdaterEngine } from '../../../main/desktop/updates/updaterEngine.ts';
import { request } from '../../electron/netRequest.ts';
import { eventually } from '../../fakes/testCore.ts';
import { type CertificateMaker, createCertificates, hasOpenssl } from '../gateway/certificates.ts';
import { newKeys, type Served, startUpdateServer, type UpdateServer } from './updateServer.ts';

/** By a session of its own, as startUpdates.ts has it. */
const send = ((options: Electron.ClientRequestConstructorOptions) =>
  request({ ...options, partition: 'updates' })) as unknown as SendRequest;
const log = { debug() {}, info() {}, warn() {}, error() {} };

describe.skipIf(!hasOpenssl || process.platform !== 'linux')('updates over HTTPS', () => {
  let certificates: CertificateMaker;
  let server: UpdateServer;
  let folder: string;
  let appImage: string;
  let updates: Updates;
  let onQuit: ((code: number) => void)[];
  const former = process.env.APPIMAGE;

  beforeAll(async () => {
    certificates = createCertificates('Sluice tests');
    https.globalAgent.options.ca = certificates.authority;
    server = await startUpdateServer(certificates.make({ names: 'IP:127.0.0.1', signed: true }));
  });
  afterAll(async () => {
    https.globalAgent.options.ca = undefined;
    if (former === undefined) delete process.env.APPIMAGE;
    else process.env.APPIMAGE = former;
    await server?.close();
    certificates?.close();
  });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-updates-'));
    appImage = path.join(folder, 'Sluice.AppImage');
    writeFileSync(appImage, 'the version that runs');
    chmodSync(appImage, 0o755);
    process.env.APPIMAGE = appImage;
    writeFileSync(path.join(folder, 'app-update.yml'), `provider: generic\nurl: ${server.base.href}\n`);
    onQuit = [];
    updates = start('1.0.0');
  });
  afterEach(() => {
    updates.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(version: string): Updates {
    const source = {
      send,
      base: server.base,
      publicKey: server.publicKey,
      platform: 'linux',
      arch: 'x64',
    } as const;
    const app = {
      version,
      name: 'Sluice',
      isPackaged: true,
      appUpdateConfigPath: path.join(folder, 'app-update.yml'),
      userDataPath: folder,
      baseCachePath: path.join(folder, 'cache'),
      whenReady: async () => {},
      relaunch() {},
      quit() {},
      onQuit: (handler: (code: number) => void) => void onQuit.push(handler),
    };
    return createUpdates({
      version,
      way: 'itself',
      page: null,
      source: { engine: async () => createUpdaterEngine({ source, app, log, stallMs: 5_000 }) },
      isOnline: () => true,
      quit() {},
      clock: { now: () => 5 },
      random: () => 0,
      log,
    });
  }

  const settled = (states: readonly string[]) =>
    eventually(
      () => updates.view.now.update,
      ({ state }) => states.includes(state),
    );

  async function check(served: Served) {
    server.serve(served);
    updates.check();
    return settled(['current', 'failed', 'available']);
  }

  async function load() {
    updates.load();
    return settled(['available', 'ready']);
  }

  const files = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('1.1.0'));

  test('a newer version is offered, loaded only when asked for, and kept whole for the end of the program', async () => {
    const found = await check({ notes: 'Quicker.\n<b>Plain text.</b>' });
    expect(found).toMatchObject({
      state: 'available',
      release: { version: '1.1.0', notes: 'Quicker.\n<b>Plain text.</b>', size: server.file.length },
    });
    expect(server.asked.some((asked) => asked.includes('AppImage'))).toBe(false);
    expect((await load()).state).toBe('ready');
    const [kept = ''] = files().filter((name) => name.endsWith('.AppImage'));
    expect(readFileSync(path.join(folder, kept)).equals(server.file)).toBe(true);
    expect(readFileSync(appImage, 'utf8')).toBe('the version that runs');
    expect(onQuit).toHaveLength(1);
    expect(existsSync(path.join(folder, '.updaterId'))).toBe(false);
    // What is whole on disk is not loaded again by the next start.
    updates.close();
    updates = start('1.0.0');
    await check({});
    expect((await load()).state).toBe('ready');
    expect(server.asked.some((asked) => asked.includes('AppImage'))).toBe(false);
  });

  const refused: [what: string, served: () => Served, trouble: UpdateTrouble][] = [
    ['a signature by another key', () => ({ signedBy: newKeys().privateKey }), 'forged'],
    ['no signature, though the hash is right', () => ({ signedBy: null }), 'unsigned'],
    [
      'a list changed after it was signed',
      () => ({ swap: (list) => list.replace('1.1.0', '1.2.0') }),
      'forged',
    ],
    ['a list with a blank more', () => ({ swap: (list) => `${list} ` }), 'forged'],
    [
      'a file elsewhere',
      () => ({ name: 'https://elsewhere.test/Sluice-1.1.0-linux-x86_64.AppImage' }),
      'unreadable',
    ],
    ['a file above the folder', () => ({ name: '../Sluice-1.1.0-linux-x86_64.AppImage' }), 'unreadable'],
    ['the signed list of another system', () => ({ name: 'Sluice-1.1.0-win-x64.exe' }), 'no-file'],
    ['a file for another processor', () => ({ name: 'Sluice-1.1.0-linux-arm64.AppImage' }), 'no-file'],
    ['a preview', () => ({ version: '2.0.0-beta.1' }), 'unreadable'],
    ['a list behind plain http', () => ({ leadAway: 'list' }), 'insecure'],
    ['a signature behind plain http', () => ({ leadAway: 'signature' }), 'insecure'],
  ];

  test.each(refused)('%s is refused before anything of it is loaded', async (_what, served, trouble) => {
    expect(await check(served())).toEqual({ state: 'failed', trouble, checkedAt: 5 });
    expect(server.askedPlainly).toEqual([]);
    expect(files()).toEqual([]);
    expect((await check({})).state).toBe('available');
  });

  test.each(['1.0.0', '0.9.9', '0.10.0'])('version %s is nothing new for 1.0.0', async (version) => {
    expect(await check({ version })).toEqual({ state: 'current', checkedAt: 5 });
    updates.load();
    expect(updates.view.now.update.state).toBe('current');
  });

  const broken: [what: string, served: () => Served, trouble: UpdateTrouble][] = [
    ['a file that is cut off', () => ({ cutAfter: 100_000 }), 'network'],
    [
      'a file that is another one',
      () => ({ sha512: createHash('sha512').update('x').digest('base64') }),
      'damaged',
    ],
    ['a file behind plain http', () => ({ leadAway: 'file' }), 'insecure'],
  ];

  test.each(broken)('%s is not taken; loading can start over', async (_what, served, trouble) => {
    expect((await check(served())).state).toBe('available');
    expect(await load()).toMatchObject({ state: 'available', trouble });
    expect(server.askedPlainly).toEqual([]);
    expect(onQuit).toEqual([]);
    expect((await check({})).state).toBe('available');
    expect((await load()).state).toBe('ready');
  });

  test('loading can be stopped, and says nothing of a fault then', async () => {
    await check({ cutAfter: 1_000 });
    updates.load();
    updates.cancel();
    expect(await settled(['available'])).toMatchObject({ state: 'available', trouble: null });
  });

  test('a server with a certificate by a stranger is not listened to', async () => {
    https.globalAgent.options.ca = undefined;
    try {
      https.globalAgent.destroy();
      expect(await check({})).toMatchObject({ state: 'failed', trouble: 'network' });
    } finally {
      https.globalAgent.options.ca = certificates.authority;
    }
  });

  test('a package of the system is told of the version and loads nothing', async () => {
    const source = {
      send,
      base: server.base,
      publicKey: server.publicKey,
      platform: 'linux',
      arch: 'x64',
    } as const;
    const engine = createPageEngine({ ...source, version: '1.0.0' });
    server.serve({ notes: 'New.' });
    expect(await engine.check()).toEqual({ version: '1.1.0', notes: 'New.', size: null });
    server.serve({ version: '0.9.0' });
    expect(await engine.check()).toBeNull();
    server.serve({ signedBy: newKeys().privateKey });
    await expect(engine.check()).rejects.toMatchObject({ trouble: 'forged' });
    await expect(engine.load(() => {}, AbortSignal.timeout(1_000))).rejects.toMatchObject({
      trouble: 'install',
    });
    expect(server.asked.some((asked) => asked.includes('AppImage'))).toBe(false);
  });
});
