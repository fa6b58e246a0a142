// A place that updates come from, over real HTTPS, with everything that can be wrong about one.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../gateway/certificates.ts';

export interface Served {
  version?: string;
  /** What the list says of the file; the truth where it is not given. */
  sha512?: string;
  /** Files listed besides the one for this machine. */
  name?: string;
  /** null: there is none. */
  signedBy?: KeyObject | null;
  /** Lays something else in the list's place after it was signed. */
  swap?: (list: string) => string;
  /** Cuts the file off after so many bytes. */
  cutAfter?: number;
  /** Leads the list, its signature or the file to plain http. */
  leadAway?: 'list' | 'signature' | 'file';
  notes?: string;
}

export interface UpdateServer {
  readonly base: URL;
  /** Base64 of the SPKI DER form, as it is built into the program. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
  readonly file: Buffer;
  /** Paths asked for, over https and over plain http. */
  readonly asked: string[];
  readonly askedPlainly: string[];
  serve(served: Served): void;
  close(): Promise<void>;
}

export const newKeys = () => generateKeyPairSync('ed25519');

function listen(server: http.Server | https.Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
}

export async function startUpdateServer(certificate: Certificate): Promise<UpdateServer> {
  const { publicKey, privateKey } = newKeys();
  const file = randomBytes(300_000);
  const asked: string[] = [];
  const askedPlainly: string[] = [];
  let served: Served = {};

  function listOf({ version = '1.1.0', name, sha512, notes }: Served): string {
    const hash = sha512 ?? createHash('sha512').update(file).digest('base64');
    const url = name ?? `Sluice-${version}-linux-x86_64.AppImage`;
    return JSON.stringify({
      version,
      releaseNotes: notes,
      files: [{ url, sha512: hash, size: file.length }],
    });
  }

  function answer(path: string): { body: Buffer; cut?: number } | { to: string } | null {
    const list = listOf(served);
    const { signedBy = privateKey } = served;
    const away = (what: Served['leadAway']) =>
      served.leadAway === what && { to: `http://127.0.0.1:${plainPort}${path}` };
    if (path === '/latest-linux.yml')
      return away('list') || { body: Buffer.from(served.swap?.(list) ?? list) };
    if (path === '/latest-linux.yml.sig')
      return (
        away('signature') ||
        (signedBy && { body: Buffer.from(sign(null, Buffer.from(list), signedBy).toString('base64')) })
      );
    if (path.startsWith('/Sluice-')) return away('file') || { body: file, cut: served.cutAfter };
    return null;
  }

  const secure = https.createServer(certificate, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const found = answer(path);
    if (!found) return response.writeHead(404).end();
    if ('to' in found) return response.writeHead(302, { location: found.to }).end();
    response.writeHead(200, { 'content-length': found.body.length });
    if (found.cut === undefined) return response.end(found.body);
    response.write(found.body.subarray(0, found.cut), () => setTimeout(() => request.socket.destroy(), 50));
    return response;
  });
  const plain = http.createServer((request, response) => {
    const path = request.url ?? '';
    askedPlainly.push(path);
    const found = answer(path);
    response.end(found && 'body' in found ? found.body : '');
  });
  const [port, plainPort] = await Promise.all([listen(secure), listen(plain)]);
  return {
    base: new URL(`https://127.0.0.1:${port}/`),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    privateKey,
    file,
    asked,
    askedPlainly,
    serve(next) {
      served = next;
      asked.length = 0;
      askedPlainly.length = 0;
    },
    async close() {
      for (const server of [secure, plain]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
