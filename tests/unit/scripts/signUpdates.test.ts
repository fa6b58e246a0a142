import { execFileSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const script = path.join(import.meta.dirname, '../../../resources/scripts/signUpdates.mjs');

test('every channel file of a folder gets a signature that only its own bytes fit', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-sign-'));
  try {
    for (const name of ['latest.yml', 'latest-linux.yml', 'Sluice.AppImage'])
      writeFileSync(path.join(folder, name), `content of ${name}`);
    const made = execFileSync(process.execPath, [script, '--new-key'], { encoding: 'utf8' });
    const [privateKey = '', publicKey = ''] = made.match(/[\w+/=]{40,}/g) ?? [];
    const env = { ...process.env, SLUICE_UPDATE_PRIVATE_KEY: privateKey };
    const said = execFileSync(process.execPath, [script, folder], { env, encoding: 'utf8' });
    expect(said).not.toContain(privateKey);
    expect(readdirSync(folder).filter((name) => name.endsWith('.sig'))).toEqual([
      'latest-linux.yml.sig',
      'latest.yml.sig',
    ]);
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const signature = Buffer.from(readFileSync(path.join(folder, 'latest.yml.sig'), 'utf8'), 'base64');
    expect(verify(null, Buffer.from('content of latest.yml'), key, signature)).toBe(true);
    expect(verify(null, Buffer.from('content of latest.yml!'), key, signature)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
