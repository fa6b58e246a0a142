// Carries steps out on one socket and writes into the journal how far they came.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from './journal.ts';
import type { Step } from './steps.ts';

const reasons: Record<number, string> = {
  200: 'OK',
  204: 'No Content',
  400: 'Bad Request',
  429: 'Too Many Requests',
};

export function headBytes(status: number, headers: Record<string, string>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${reasons[status] ?? 'Status'}\r\n${lines.join('')}\r\n`, 'latin1');
}

/** False once the socket is gone. Waits for a slow reader, so that nothing piles up here. */
async function send(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  if (!socket.write(bytes)) await once(socket, 'drain', { signal }).catch(() => undefined);
  return !signal.aborted;
}

function framed(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

function finish(entry: Exchange, ended: Exchange['ended']): void {
  if (entry.ended !== 'open') return;
  entry.ended = ended;
  entry.endedAt = Date.now();
}

/** Resolves when the steps are through or the client is gone; `gone` aborts in the latter case. */
export async function playSteps(
  socket: Socket,
  steps: readonly Step[],
  entry: Exchange,
  options: { gone: AbortSignal; eventGapMs: number },
): Promise<void> {
  let chunked = false;
  for (const step of steps) {
    if (options.gone.aborted) return;
    switch (step.do) {
      case 'head':
        entry.status = step.status;
        chunked = 'transfer-encoding' in step.headers;
        await send(socket, headBytes(step.status, step.headers), options.gone);
        break;
      case 'body':
        if (step.bytes.length === 0) break;
        entry.bytesSent += step.bytes.length;
        await send(socket, chunked ? framed(step.bytes) : step.bytes, options.gone);
        if (chunked && options.eventGapMs > 0) await sleep(options.eventGapMs);
        break;
      case 'raw':
        await send(socket, step.bytes, options.gone);
        break;
      case 'wait':
        await sleep(step.ms, undefined, { signal: options.gone }).catch(() => undefined);
        break;
      case 'end':
        if (chunked) await send(socket, Buffer.from('0\r\n\r\n'), options.gone);
        if (!options.gone.aborted) finish(entry, 'answered');
        break;
      case 'close':
        finish(entry, 'fault');
        if (step.how === 'rst') socket.resetAndDestroy();
        else socket.end();
        return;
      case 'hang':
        if (!options.gone.aborted) await once(options.gone, 'abort');
        return;
    }
  }
}
