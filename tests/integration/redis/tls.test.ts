import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../fakes/testCore.ts';
import { closeGateways, createGateway } from './gateways.ts';
import { freePort, needsRedis, redisServerPath, startRedis, stopRedis } from './redisServer.ts';

/** A key and a certificate for `localhost` in a folder of their own; null where there is no openssl. */
function selfSigned(): { folder: string; key: string; certificate: string } | null {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-redis-tls-'));
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    return { folder, key, certificate };
  } catch {
    fs.rmSync(folder, { recursive: true, force: true });
    return null;
  }
}

describe.skipIf(redisServerPath === null)(`Redis over TLS ${needsRedis}`, () => {
  const children = new Set<ChildProcess>();
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    await closeGateways();
    await stopRedis();
  });

  it('is used where its certificate is trusted, and refused where it is not', async (context) => {
    const made = selfSigned();
    if (!made) return context.skip('needs openssl');
    try {
      const port = await freePort();
      const files = ['--tls-cert-file', made.certificate, '--tls-key-file', made.key];
      await startRedis(['--tls-port', `${port}`, ...files, '--tls-auth-clients', 'no']);
      const url = `rediss://localhost:${port}`;

      const distrustful = createGateway(url);
      await eventually(
        () => distrustful.troubles.at(-1) ?? '',
        (told) => told.includes('DEPTH_ZERO_SELF_SIGNED_CERT'),
      );
      expect(distrustful.shared.connected).toBe(false);

      const env = { ...process.env, NODE_EXTRA_CA_CERTS: made.certificate };
      const child = fork(path.join(import.meta.dirname, 'gatewayProcess.ts'), [url, '2', '3', '60000'], {
        env,
      });
      children.add(child);
      expect(await new Promise((resolve) => child.once('message', resolve))).toBe(2);
    } finally {
      fs.rmSync(made.folder, { recursive: true, force: true });
    }
  });
});
