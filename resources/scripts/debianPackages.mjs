// Installs the Debian packages that suites drive as real programs. It touches no other system, and only runs as root.
import { existsSync } from 'node:fs';
import { say } from './root.mjs';
import { run } from './run.mjs';

const wanted = [
  'chromium',
  'curl',
  'dbus',
  'fonts-noto-cjk',
  'gnome-keyring',
  'libsecret-1-0',
  'openssl',
  'redis-server',
  'strace',
];

async function missing() {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${Package} ${db:Status-Status}\n';
  const { output } = await run('dpkg-query', ['-W', '-f', format, ...wanted]);
  const installed = new Set(
    output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(/[ :]/)[0]),
  );
  return wanted.filter((name) => !installed.has(name));
}

/** Where something stays missing, its suites are skipped and name it; nothing fails here. */
export async function ensureDebianPackages() {
  if (!existsSync('/etc/debian_version')) return;
  const names = await missing();
  if (names.length === 0) return;
  if (process.getuid?.() !== 0) {
    say(
      `Not installed: ${names.join(', ')}. Suites that need them are skipped; apt-get install them as root.`,
    );
    return;
  }
  say(`Installing Debian packages for the tests: ${names.join(', ')} …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const limitMs = 10 * 60_000;
  await run('apt-get', ['update', '-qq'], { env, limitMs });
  const { code, output } = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...names],
    { env, limitMs },
  );
  if (code !== 0) say(`apt-get install failed with code ${code}:\n${output.slice(-1500)}`);
}
