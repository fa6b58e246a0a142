import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { channelName, fileFor, readChannel } from '../../../../main/desktop/updates/channelFile.ts';
import { channelBase, downloadPage, updateConfig } from '../../../../main/desktop/updates/updateConfig.ts';
import { isNewer, isPlainVersion } from '../../../../main/desktop/updates/version.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const sha512 = Buffer.alloc(64, 7).toString('base64');
const signed = (text: string): [Uint8Array, string, string] => {
  const bytes = Buffer.from(text);
  return [bytes, sign(null, bytes, privateKey).toString('base64'), spki];
};

/** As the packer writes them, with the names of electron-builder.yml. */
const windows = `version: 1.2.3
files:
  - url: Sluice-1.2.3-win-x64.exe
    sha512: ${sha512}
    size: 10
  - url: Sluice-1.2.3-win-arm64.exe
    sha512: ${sha512}
    size: 11
path: Sluice-1.2.3-win-x64.exe
sha512: ${sha512}
releaseDate: '2026-05-01T00:00:00.000Z'
releaseNotes: |
  New:
  - <script>nothing</script>
`;
const mac = `version: 1.2.3
files:
  - url: Sluice-1.2.3-mac-universal.zip
    sha512: ${sha512}
    size: 10
  - url: Sluice-1.2.3-mac-arm64.dmg
    sha512: ${sha512}
    size: 10
`;

describe('the list of versions', () => {
  test('is read where our key signed it, with its notes as they are', () => {
    const channel = readChannel(...signed(windows));
    expect(channel.version).toBe('1.2.3');
    expect(channel.notes).toBe('New:\n- <script>nothing</script>');
    expect(fileFor(channel, 'win32', 'x64').url).toBe('Sluice-1.2.3-win-x64.exe');
    expect(fileFor(channel, 'win32', 'arm64').size).toBe(11);
  });

  test('one file serves both kinds of Mac, and an image is none to update from', () => {
    const channel = readChannel(...signed(mac));
    for (const arch of ['x64', 'arm64'])
      expect(fileFor(channel, 'darwin', arch).url).toBe('Sluice-1.2.3-mac-universal.zip');
  });

  test('is not parsed where a byte, the signature or the key is another', () => {
    const [bytes, signature, key] = signed(windows);
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const wrong: [Uint8Array, string, string][] = [
      [Buffer.from(windows.replace('1.2.3', '1.2.4')), signature, key],
      [bytes, signature, other.toString('base64')],
      [bytes, signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')), key],
      [bytes, '', key],
      [bytes, `${signature}${signature}`, key],
      [bytes, signature, ''],
      [bytes, signature, 'bm8ga2V5'],
      [
        bytes,
        sign('sha256', bytes, rsa.privateKey).toString('base64'),
        rsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      ],
    ];
    for (const each of wrong)
      expect(() => readChannel(...each)).toThrow(expect.objectContaining({ trouble: 'forged' }));
  });

  test.each([
    ['no version', windows.replace('version: 1.2.3', 'version: latest')],
    ['a preview', windows.replace('version: 1.2.3', 'version: 1.2.3-beta.1')],
    ['an address for a name', windows.replace('url: Sluice', 'url: https://elsewhere.test/Sluice')],
    ['a way up', windows.replace('url: Sluice', 'url: ../Sluice')],
    ['a hash too short', windows.replace(sha512, 'AAAA')],
    ['no files', 'version: 1.2.3\nfiles: []\n'],
    ['no YAML', '\t{'],
    ['a reference', 'a: &a [1]\nb: *a\n'],
  ])('signed, but with %s, it is of no use', (_what, text) => {
    expect(() => readChannel(...signed(text))).toThrow(expect.objectContaining({ trouble: 'unreadable' }));
  });

  test('each system asks for its own', () => {
    expect(channelName('win32', 'arm64')).toBe('latest.yml');
    expect(channelName('darwin', 'arm64')).toBe('latest-mac.yml');
    expect(channelName('linux', 'x64')).toBe('latest-linux.yml');
    expect(channelName('linux', 'arm64')).toBe('latest-linux-arm64.yml');
    expect(() => fileFor(readChannel(...signed(windows)), 'linux', 'x64')).toThrow('no file for linux x64');
  });
});

test('newer is what counts higher, and a preview comes before its version', () => {
  const inOrder = ['0.9.9', '0.10.0', '1.0.0-beta.2', '1.0.0', '1.0.1', '2.0.0'];
  for (const [at, version] of inOrder.entries())
    for (const [other, than] of inOrder.entries()) expect(isNewer(version, than)).toBe(at > other);
  expect(isPlainVersion('1.0.0-beta.2')).toBe(false);
  expect(() => isNewer('1.0', '1.0.0')).toThrow(TypeError);
});

describe('whether a copy takes updates', () => {
  const yml =
    'provider: generic\nurl: https://example.com/o/r/releases/latest/download\nupdaterCacheDirName: sluice-updater\n';
  const installed = { packaged: true, resources: '', publicKey: spki, platform: 'linux' as const, env: {} };

  function withYml<T>(text: string | null, run: (resources: string) => T): T {
    const resources = mkdtempSync(path.join(tmpdir(), 'sluice-resources-'));
    try {
      if (text !== null) writeFileSync(path.join(resources, 'app-update.yml'), text);
      return run(resources);
    } finally {
      rmSync(resources, { recursive: true, force: true });
    }
  }

  test('an AppImage, Windows and macOS replace themselves; a package of the system is left to its page', () => {
    withYml(yml, (resources) => {
      const page = 'https://example.com/o/r/releases/latest';
      expect(updateConfig({ ...installed, resources })).toMatchObject({ way: 'page', page });
      const env = { APPIMAGE: '/home/a/Sluice.AppImage' };
      expect(updateConfig({ ...installed, resources, env })).toMatchObject({ way: 'itself' });
      expect(updateConfig({ ...installed, resources, platform: 'win32' })).toMatchObject({ way: 'itself' });
    });
  });

  test('without a key, a channel, or an installed program it takes none', () => {
    withYml(yml, (resources) => {
      expect(updateConfig({ ...installed, resources, publicKey: null })).toMatchObject({ off: 'no-key' });
      expect(updateConfig({ ...installed, resources, packaged: false })).toMatchObject({
        off: 'development',
      });
    });
    for (const text of [null, '', yml.replace('https:', 'http:'), 'provider: github\n'])
      withYml(text, (resources) =>
        expect(updateConfig({ ...installed, resources })).toMatchObject({ off: 'no-channel' }),
      );
  });

  test('the channel is a folder', () => {
    const base = channelBase("url: 'https://example.com/releases/latest/download/'");
    expect(base?.href).toBe('https://example.com/releases/latest/download/');
    expect(base && downloadPage(base)).toBe('https://example.com/releases/latest');
  });
});
