// The gateway as a user would run it: default settings, limits and budget that count, one endpoint with one account.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type MeasuredProcess, startMeasured } from './measuredProcess.ts';

export const clientSecret = 'sluice-bench-client-key-0123456789';

const plenty = { rpm: 100_000_000, rpd: 1_000_000_000, tpm: 1_000_000_000_000, tpd: 1_000_000_000_000 };

function settings(upstream: string) {
  return {
    version: 1,
    clientKeys: [{ id: 'bench', secret: clientSecret, limits: plenty, budgetUsdPerDay: 1_000_000 }],
    endpoints: [
      {
        id: 'fast',
        kind: 'openai',
        baseUrl: upstream,
        models: ['fast-model'],
        limits: { ...plenty, concurrent: 10_000 },
        accounts: [{ id: 'a1', secret: 'sk-bench-upstream-key-0123456789' }],
      },
    ],
  };
}

/** The gateway tells in runtime.json where it listens. */
async function addressIn(dataDir: string, process: MeasuredProcess): Promise<string> {
  const file = path.join(dataDir, 'runtime.json');
  for (let waited = 0; !existsSync(file); waited += 50) {
    // Throws with its last words where it ended.
    if (process.child.exitCode !== null) await process.reading();
    if (waited > 20_000) throw new Error(`no runtime.json in ${dataDir} after 20 seconds`);
    await sleep(50);
  }
  const { host, port }: { host: string; port: number } = JSON.parse(readFileSync(file, 'utf8'));
  return `http://${host}:${port}`;
}

interface GatewayOptions {
  /** Laid into the data folder before the start. */
  prepare?(dataDir: string): void;
  /** Instead of one endpoint with one account. */
  settings?: object;
  adminToken?: string;
}

/** `profileDir` gets a .cpuprofile when the gateway stops. */
export async function startGateway(
  upstream: string,
  profileDir: string | null,
  options: GatewayOptions = {},
) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-bench-'));
  const written = JSON.stringify(options.settings ?? settings(upstream));
  writeFileSync(path.join(dataDir, 'settings.json'), written, { mode: 0o600 });
  options.prepare?.(dataDir);
  const program = fileURLToPath(new URL('../../out/main/headless.js', import.meta.url));
  const flags = ['--data-dir', dataDir, '--port', '0', '--vault', 'memory', '--log-level', 'warn'];
  const process = startMeasured(
    program,
    flags,
    profileDir ? ['--cpu-prof', '--cpu-prof-dir', profileDir] : [],
    options.adminToken ? { SLUICE_ADMIN_TOKEN: options.adminToken } : {},
  );
  try {
    return {
      process,
      url: `${await addressIn(dataDir, process)}/v1`,
      async stop() {
        await process.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await process.stop();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}
