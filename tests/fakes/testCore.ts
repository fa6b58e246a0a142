// The real core in a temporary folder, with a memory vault and a port of its own. Nothing of it is faked.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import OpenAI from 'openai';
import { systemClock } from '../../main/base/clock.ts';
import type { LogEntry } from '../../main/base/log.ts';
import type { RequestRecord } from '../../main/contract/schemas/record.ts';
import type { SettingsInput } from '../../main/contract/schemas/settings.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { type Core, createCore } from '../../main/core.ts';
import type { Platform } from '../../main/platform.ts';
import { openConfSettingsFile } from '../../main/store/confSettingsFile.ts';

export const testClientKey = 'sluice-test-client-key-0123456789';
export const testAdminToken = 'test-admin-token-0123456789';

export interface TestCore {
  readonly core: Core;
  readonly dataDir: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly control: ControlClient;
  readonly logs: readonly LogEntry[];
  /** An SDK client that never retries, so that what the gateway does is what is seen. */
  openai(options?: { apiKey?: string; baseURL?: string }): OpenAI;
  /** A request with the client key; the body is sent as JSON. */
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
  get(path: string, init?: RequestInit): Promise<Response>;
  /** The newest record of all requests answered so far. */
  record(): Promise<RequestRecord>;
  /** All of them, newest first. */
  records(): Promise<RequestRecord[]>;
  close(): Promise<void>;
}

export interface TestCoreOptions {
  settings?: SettingsInput;
  /** A folder that stays; else one is made and removed. */
  dataDir?: string;
  env?: Record<string, string>;
  platform?: Partial<Platform>;
}

/** Polls until the value is there, or fails with the last one seen. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  ready: (value: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await look();
    if (ready(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`still waiting; last seen: ${JSON.stringify(value)?.slice(0, 2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

const quick: SettingsInput = {
  server: { port: 0 },
  clientKeys: [{ id: 'test', name: 'Test', secret: { env: 'TEST_CLIENT_KEY' } }],
  routing: { retryDelayMs: 5 },
};

function merge(settings: SettingsInput): SettingsInput {
  return {
    ...quick,
    ...settings,
    server: { ...quick.server, ...settings.server },
    routing: { ...quick.routing, ...settings.routing },
  };
}

export async function createTestCore(options: TestCoreOptions = {}): Promise<TestCore> {
  const dataDir = options.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-test-'));
  const logs: LogEntry[] = [];
  const settingsPath = path.join(dataDir, 'settings.json');
  if (options.settings || !fs.existsSync(settingsPath)) {
    fs.writeFileSync(settingsPath, JSON.stringify(merge(options.settings ?? {}), null, 2));
  }
  const core = await createCore({
    shell: 'headless',
    version: '0.0.0-test',
    dataDir,
    rendererDir: null,
    settingsFile: openConfSettingsFile(dataDir),
    importFile: null,
    overrides: { host: null, port: null },
    vault: { choice: 'memory', passphrase: null },
    adminToken: testAdminToken,
    clientKey: null,
    redisUrl: null,
    env: { TEST_CLIENT_KEY: testClientKey, ...options.env },
    log: { level: 'debug', sink: (entry) => void logs.push(entry) },
    clock: systemClock,
    copyText: null,
    showOnce: null,
    ...options.platform,
  });
  const status = await core.lifecycle.start();
  if (status.state !== 'on') throw core.lifecycle.failure ?? new Error(`the test core is ${status.state}`);
  const origin = `http://127.0.0.1:${status.port}`;
  const control = createRouterClient(core.router) as unknown as ControlClient;
  const authorization = `Bearer ${testClientKey}`;

  async function records(): Promise<RequestRecord[]> {
    await core.flush();
    return (await control.records.list({ limit: 500 })).records;
  }

  return {
    core,
    dataDir,
    origin,
    control,
    logs,
    openai: (given) =>
      new OpenAI({ apiKey: testClientKey, baseURL: `${origin}/v1`, maxRetries: 0, ...given }),
    post: (route, body, init) =>
      fetch(`${origin}${route}`, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: { authorization, 'content-type': 'application/json', ...init?.headers },
      }),
    get: (route, init) =>
      fetch(`${origin}${route}`, { ...init, headers: { authorization, ...init?.headers } }),
    records,
    record: async () => (await records())[0] as RequestRecord,
    async close() {
      await core.close({ drainMs: 0 });
      if (!options.dataDir) fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
