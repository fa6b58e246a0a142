// The upstream of benches: canned answers, nothing recorded, as little work a request as Node allows.
import type { Socket } from 'node:net';
import { headBytes } from './exchange.ts';
import { createSocketServer } from './socketServer.ts';

/** Every stream sends one event a tick: events arrive one by one, as from a real model, and the clock costs all streams once. */
const tickMs = 4;

function chunkEvent(
  delta: Record<string, unknown>,
  finish: string | null,
  extra: Record<string, unknown> = {},
): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }];
  const base = {
    id: 'chatcmpl-fast',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'fast-model',
  };
  return `data: ${JSON.stringify({ ...base, choices, ...extra })}\n\n`;
}

function framed(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}

const usage = { prompt_tokens: 20, completion_tokens: 50, total_tokens: 70 };

/** The stream's packets: head, one for each event, the end. The usage event comes along where the request asked for it. */
function streamPackets(events: number, withUsage: boolean): Buffer[] {
  const head = headBytes(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' });
  const content = Array.from({ length: events }, (_, index) =>
    framed(chunkEvent({ content: ` word${index}` }, null)),
  );
  const last = [
    chunkEvent({}, 'stop'),
    withUsage ? chunkEvent({}, null, { choices: [], usage }) : '',
    'data: [DONE]\n\n',
  ].join('');
  return [head, ...content, Buffer.concat([framed(last), Buffer.from('0\r\n\r\n')])];
}

function jsonPacket(): Buffer {
  const body = JSON.stringify({
    id: 'chatcmpl-fast',
    object: 'chat.completion',
    created: 1_760_000_000,
    model: 'fast-model',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Hello from a fast upstream, at your service.' },
        finish_reason: 'stop',
      },
    ],
    usage,
  });
  return Buffer.concat([
    headBytes(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    Buffer.from(body),
  ]);
}

function modelsPacket(): Buffer {
  const body = JSON.stringify({
    object: 'list',
    data: [{ id: 'fast-model', object: 'model', owned_by: 'fast' }],
  });
  return Buffer.concat([
    headBytes(200, { 'content-type': 'application/json', 'content-length': String(body.length) }),
    Buffer.from(body),
  ]);
}

export async function createFastServer(options: {
  port: number;
  events: number;
}): Promise<{ url: string; close(): Promise<void> }> {
  const packets = { plain: streamPackets(options.events, false), usage: streamPackets(options.events, true) };
  const [json, models] = [jsonPacket(), modelsPacket()];
  const running = new Set<{ socket: Socket; packets: Buffer[]; at: number }>();

  const ticker = setInterval(() => {
    for (const stream of running) {
      const packet = stream.packets[stream.at];
      stream.at += 1;
      if (packet && !stream.socket.destroyed) stream.socket.write(packet);
      else running.delete(stream);
    }
  }, tickMs);

  const answer = (socket: Socket, request: string) => {
    if (request.startsWith('GET')) socket.write(models);
    else if (!/"stream":\s*true/.test(request)) socket.write(json);
    else
      running.add({
        socket,
        packets: request.includes('"include_usage"') ? packets.usage : packets.plain,
        at: 0,
      });
  };

  const server = await createSocketServer(options.port, (socket) => {
    let held = '';
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    // Requests of a bench are ASCII, have a Content-Length and are not pipelined.
    socket.on('data', (bytes: Buffer) => {
      held += bytes.toString('latin1');
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(held)?.[1] ?? 0);
      if (held.length < end + 4 + length) return;
      const request = held;
      held = '';
      answer(socket, request);
    });
  });
  return {
    url: `${server.origin}/v1`,
    async close() {
      clearInterval(ticker);
      await server.close();
    },
  };
}
