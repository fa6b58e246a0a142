// `runtime.json`: tells other programs of this user where the gateway listens (CONTRACT section 2).
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from './writeFileAtomic.ts';

const runtimeSchema = z.object({
  pid: z.number(),
  url: z.string(),
  host: z.string(),
  port: z.number(),
  version: z.string(),
  startedAt: z.string(),
});
export type Runtime = z.output<typeof runtimeSchema>;

const fileIn = (dataDir: string): string => path.join(dataDir, 'runtime.json');

/** `startedAt` in Unix ms. */
export function writeRuntimeFile(
  dataDir: string,
  version: string,
  { host, port, startedAt }: { host: string; port: number; startedAt: number },
): void {
  const runtime: Runtime = {
    pid: process.pid,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    host,
    port,
    version,
    startedAt: new Date(startedAt).toISOString(),
  };
  writeFileAtomic(fileIn(dataDir), `${JSON.stringify(runtime)}\n`);
}

export function removeRuntimeFile(dataDir: string): void {
  fs.rmSync(fileIn(dataDir), { force: true });
}

/** What a running (or killed) gateway left there; null where there is nothing readable. */
export function readRuntimeFile(dataDir: string): Runtime | null {
  try {
    return runtimeSchema.parse(JSON.parse(fs.readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return null;
  }
}
