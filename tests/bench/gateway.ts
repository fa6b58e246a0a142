// The gateway as a user would run it: default settings, limits and budget that count, one endpoint with one account.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMeasured, waitForPrint } from './measuredProcess.ts';

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

export async function startGateway(upstream: string) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sluice-bench-'));
  writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify(settings(upstream)), { mode: 0o600 });
  const program = fileURLToPath(new URL('../../out/main/headless.js', import.meta.url));
  const flags = ['--data-dir', dataDir, '--port', '0', '--vault', 'memory', '--log-level', 'warn'];
  const process = startMeasured(program, flags);
  try {
    const origin = await waitForPrint(process, /http:\/\/127\.0\.0\.1:\d+/);
    return {
      process,
      url: `${origin}/v1`,
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
