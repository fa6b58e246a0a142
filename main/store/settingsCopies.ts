// The copies kept beside settings.json: the last good one, refused ones, and those from before a migration. None holds a secret in clear.
import fs from 'node:fs';
import path from 'node:path';
import { isCredential } from '../base/isCredential.ts';
import { maskSecret, type Redactor } from '../base/redact.ts';
import { writeFileAtomic } from './writeFileAtomic.ts';

/** How many refused files are kept. */
const keptAside = 10;

/**
 * Masks what stands behind names of credentials, such as `"secret": "…"` and `"Authorization": "…"`, and passwords in URLs, also
 * where the text is cut off or no JSON at all; and every secret known by value or shape.
 */
function withoutSecrets(text: string, redactor: Redactor): string {
  const masked = text
    .replace(
      /("([^"\\\n]*)"\s*:\s*")((?:[^"\\\n]|\\.)*)/g,
      (match, before: string, name: string, value: string) =>
        isCredential(name, value) ? before + maskSecret(value) : match,
    )
    .replace(/([a-z0-9]+:\/\/[^:@/\s"]*):[^/\s"]*@/gi, '$1:••@');
  return redactor.redact(masked);
}

export interface SettingsCopies {
  /** Path of the last good copy. */
  readonly backup: string;
  readBackup(): Buffer | null;
  /** `bytes` hold no secret in clear: the caller has moved them. */
  writeBackup(bytes: Uint8Array): void;
  /** Keeps a refused file's content, masked; returns the copy's path. */
  setAside(bytes: Uint8Array): string;
  /** Keeps the file as it was before something large, such as `import`; returns the copy's path. */
  keepBefore(bytes: Uint8Array, what: string): string;
  /** Keeps the file as it was before it is brought to a newer version; returns the copy's path. */
  keepVersion(bytes: Uint8Array, version: number): string;
}

export function createSettingsCopies(deps: {
  settingsPath: string;
  redactor: Redactor;
  now: () => number;
}): SettingsCopies {
  const folder = path.dirname(deps.settingsPath);
  const name = path.basename(deps.settingsPath);
  const backup = `${deps.settingsPath}.bak`;
  const masked = (bytes: Uint8Array) => withoutSecrets(Buffer.from(bytes).toString('utf8'), deps.redactor);

  const readBackup = (): Buffer | null => {
    try {
      return fs.readFileSync(backup);
    } catch {
      // A backup that can't be read is none; the caller says what that means.
      return null;
    }
  };

  function forgetOldest(): void {
    const aside = fs.readdirSync(folder).filter((entry) => entry.startsWith(`${name}.corrupt-`));
    for (const entry of aside.sort().slice(0, -keptAside))
      fs.rmSync(path.join(folder, entry), { force: true });
  }

  return {
    backup,
    readBackup,
    writeBackup(bytes) {
      if (!readBackup()?.equals(bytes)) writeFileAtomic(backup, bytes);
    },
    setAside(bytes) {
      const stamp = new Date(deps.now()).toISOString().replaceAll(':', '-');
      let copy = `${deps.settingsPath}.corrupt-${stamp}`;
      for (let count = 2; fs.existsSync(copy); count++)
        copy = `${deps.settingsPath}.corrupt-${stamp}-${count}`;
      writeFileAtomic(copy, masked(bytes));
      forgetOldest();
      return copy;
    },
    keepBefore(bytes, what) {
      const copy = `${deps.settingsPath}.before-${what}.bak`;
      writeFileAtomic(copy, masked(bytes));
      return copy;
    },
    keepVersion(bytes, version) {
      const copy = `${deps.settingsPath}.v${version}.bak`;
      writeFileAtomic(copy, masked(bytes));
      return copy;
    },
  };
}
