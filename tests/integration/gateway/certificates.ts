// Certificates for servers of one test, made on the spot: good, expired, not yet valid, for another host, self-signed, by a stranger.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Certificate {
  key: string;
  cert: string;
}

export interface CertificateMaker {
  /** PEM of the authority that signs what is not self-signed. */
  readonly authority: string;
  /** Self-signed where `signed` is false. Dates as openssl writes them: `20200101000000Z`. */
  make(options: { names: string; signed: boolean; from?: string; to?: string }): Certificate;
  close(): void;
}

/** Certificates are made by the openssl program, which not every machine has. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export function createCertificates(organisation: string): CertificateMaker {
  const dir = mkdtempSync(path.join(tmpdir(), 'sluice-certificates-'));
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const read = (name: string) => readFileSync(path.join(dir, name), 'utf8');
  run(
    'req',
    '-x509',
    ...newKey,
    ...['-keyout', 'ca.key', '-out', 'ca.crt', '-days', '2', '-subj', `/O=${organisation}/CN=Test CA`],
  );
  let serial = 0;
  writeFileSync(
    path.join(dir, 'ca.conf'),
    '[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\ncopy_extensions=copy\nunique_subject=no\n[any]\norganizationName=optional\ncommonName=optional\n',
  );
  writeFileSync(path.join(dir, 'index.txt'), '');
  writeFileSync(path.join(dir, 'serial'), '01');

  return {
    authority: read('ca.crt'),
    make({ names, signed, from = '20240101000000Z', to = '20450101000000Z' }) {
      serial += 1;
      const name = `server${serial}`;
      const subject = ['-subj', `/O=${organisation}/CN=server`, '-addext', `subjectAltName=${names}`];
      run('req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...subject);
      const by = signed
        ? ['-cert', 'ca.crt', '-keyfile', 'ca.key']
        : ['-selfsign', '-keyfile', `${name}.key`];
      run(
        ...['ca', '-config', 'ca.conf', '-batch', '-notext', ...by],
        ...['-startdate', from, '-enddate', to, '-in', `${name}.csr`, '-out', `${name}.crt`],
      );
      return { key: read(`${name}.key`), cert: read(`${name}.crt`) };
    },
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
}
