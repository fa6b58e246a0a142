// Signs what the program reads to learn of an update. `signUpdates.mjs --new-key` makes a key pair; `signUpdates.mjs FOLDER` signs every
// latest*.yml in it with the private key of SLUICE_UPDATE_PRIVATE_KEY, into latest*.yml.sig.
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say } from './root.mjs';

const derBase64 = (key, type) => key.export({ format: 'der', type }).toString('base64');

/** Ed25519, both in base64 of their DER form: the private one for the workflow's secrets, the public one for its variables. */
function newKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey: derBase64(privateKey, 'pkcs8'), publicKey: derBase64(publicKey, 'spki') };
}

/**
 * @param {Buffer} bytes the file as it is published
 * @param {string} privateKey base64 of PKCS #8 DER
 * @returns {string} base64 of the Ed25519 signature
 */
function signatureOf(bytes, privateKey) {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return sign(null, bytes, key).toString('base64');
}

function main([what]) {
  if (what === '--new-key') {
    const pair = newKeyPair();
    say(`SLUICE_UPDATE_PRIVATE_KEY (a secret)  ${pair.privateKey}`);
    say(`SLUICE_UPDATE_PUBLIC_KEY (a variable)  ${pair.publicKey}`);
    return 0;
  }
  const privateKey = process.env.SLUICE_UPDATE_PRIVATE_KEY;
  if (!what || !privateKey) {
    process.stderr.write(
      'usage: signUpdates.mjs --new-key | signUpdates.mjs FOLDER, with SLUICE_UPDATE_PRIVATE_KEY set\n',
    );
    return 2;
  }
  const names = readdirSync(what).filter((name) => /^latest.*\.yml$/.test(name));
  if (names.length === 0) {
    process.stderr.write(`${what} holds no latest*.yml\n`);
    return 1;
  }
  for (const name of names) {
    const file = path.join(what, name);
    writeFileSync(`${file}.sig`, `${signatureOf(readFileSync(file), privateKey)}\n`);
    say(`signed ${name}`);
  }
  return 0;
}

if (import.meta.filename === process.argv[1]) process.exitCode = main(process.argv.slice(2));
