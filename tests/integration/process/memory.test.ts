import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createFakeUpstream } from '../../fakes/fakeUpstream.ts';
import { startHeadless } from '../../fakes/headless.ts';
import { testClientKey } from '../../fakes/testCore.ts';

const readers = 40;
const megabytes = 20;

function residentMB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
}

/** Asks for a large answer and then does not read it. */
function stalledReader(port: number, body: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1' }, () => {
      socket.pause();
      socket.write(
        `POST /v1/audio/speech HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${testClientKey}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      resolve(socket);
    });
    socket.on('error', reject);
  });
}

it('readers that stand still hold the upstream up instead of filling the memory (read from /proc, which is Linux)', async (context) => {
  if (process.platform !== 'linux') context.skip('/proc is Linux');
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sluice-memory-'));
  const upstream = await createFakeUpstream();
  upstream.set({}, `big:${megabytes * 1_048_576}`);
  const gateway = await startHeadless({
    dataDir,
    settings: { endpoints: [{ id: 'e', baseUrl: upstream.url, models: ['tts-1'] }] },
  });
  const sockets: net.Socket[] = [];
  try {
    const port = Number(new URL(gateway.origin).port);
    const before = residentMB(gateway.process.pid ?? 0);
    const body = JSON.stringify({ model: 'tts-1', voice: 'alloy', input: 'x' });
    for (let count = 0; count < readers; count++) sockets.push(await stalledReader(port, body));
    await upstream.journal.waitFor((entries) => entries.length === readers, 20_000);
    await sleep(1_500);
    const grown = residentMB(gateway.process.pid ?? 0) - before;
    expect(grown).toBeLessThan(200);
    expect(upstream.journal.entries.filter(({ ended }) => ended === 'answered').length).toBeLessThan(
      readers / 2,
    );
    // Others are served meanwhile, and one that reads on gets all of it.
    let received = 0;
    const patient = sockets[0];
    await new Promise<void>((resolve) => {
      patient?.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > megabytes * 1_048_576) resolve();
      });
      patient?.resume();
    });
    expect(received).toBeGreaterThan(megabytes * 1_048_576);
  } finally {
    for (const socket of sockets) socket.destroy();
    await gateway.end('SIGKILL');
    await upstream.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);
