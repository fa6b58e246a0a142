// Decides whether the desktop can run here, and fetches Electron's runtime where that is all that is missing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, inRoot, readJson, say } from './root.mjs';
import { runNode } from './run.mjs';

const dayMs = 24 * 60 * 60_000;
const probeMs = 10_000;
/** Without a reachable download host only a runtime in Electron's own cache can still come. */
const cachedOnlyMs = 15_000;
const downloadMs = 10 * 60_000;

const packageDir = inRoot('node_modules', 'electron');
const stampFile = path.join(cacheDir, 'electron-download.json');

function programName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The runtime's program, or null where it is not there or of another version. */
export function electronProgram() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const program = path.join(override ?? path.join(packageDir, 'dist'), programName());
  if (!existsSync(program)) return null;
  if (override) return program;
  try {
    const version = readFileSync(path.join(packageDir, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    return version === readJson(path.join(packageDir, 'package.json')).version ? program : null;
  } catch {
    return null;
  }
}

/** Why no window can open here, or null. Cheap: nothing is fetched for it. */
export function displayProblem({
  platform = process.platform,
  env = process.env,
  uid = process.getuid?.(),
} = {}) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY)
    return 'there is no display (DISPLAY and WAYLAND_DISPLAY are unset)';
  if (uid === 0) return "it runs as root, which the window's sandbox refuses";
  return null;
}

function proxied() {
  return Object.keys(process.env).some((name) =>
    /^(https?_proxy|electron_mirror|npm_config_electron_mirror)$/i.test(name),
  );
}

async function reachable() {
  if (proxied()) return true;
  try {
    const signal = AbortSignal.timeout(probeMs);
    await fetch('https://github.com/electron/electron/releases', {
      method: 'HEAD',
      redirect: 'manual',
      signal,
    });
    return true;
  } catch {
    return false;
  }
}

const wantedVersion = () => readJson(path.join(packageDir, 'package.json')).version;

/** Why the last try of today failed, or null. */
function failedToday() {
  const failed = readJson(stampFile);
  return failed?.version === wantedVersion() && Date.now() - failed.time < dayMs ? failed.reason : null;
}

/** Downloads the runtime; resolves with the reason where that fails, which is remembered for a day. */
export async function fetchElectron() {
  const version = wantedVersion();
  say(`Fetching Electron ${version} (once, about 110 MB) …`);
  const online = await reachable();
  const env = proxied() ? { ELECTRON_GET_USE_PROXY: '1' } : {};
  const { code } = await runNode([path.join(packageDir, 'install.js')], {
    limitMs: online ? downloadMs : cachedOnlyMs,
    env,
  });
  if (code === 0 && electronProgram()) return null;
  const reason = online
    ? "Electron's runtime could not be fetched"
    : "Electron's runtime could not be fetched: github.com is out of reach";
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ version, time: Date.now(), reason }));
  return reason;
}

/** `{program}` where the desktop can start, else `{reason}`, a part of a sentence. A failed download is not tried again for a day. */
export async function desktopRuntime() {
  const reason = displayProblem();
  if (reason) return { reason };
  const problem = electronProgram() ? null : (failedToday() ?? (await fetchElectron()));
  return problem ? { reason: problem } : { program: electronProgram() };
}
