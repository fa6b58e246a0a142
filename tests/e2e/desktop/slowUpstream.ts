// An upstream whose streams begin at once and end when the test says so.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowUpstream {
  /** The endpoint as it stands in the settings; it serves the model `slow`. */
  readonly endpoint: { id: string; name: string; baseUrl: string; models: string[] };
  /** Ends the answers that have begun. */
  finish(): void;
  close(): Promise<void>;
}

function event(delta: object, finish: 'stop' | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'slow', object: 'chat.completion.chunk', created: 1, model: 'slow', choices })}\n\n`;
}

export async function createSlowUpstream(): Promise<SlowUpstream> {
  const begun: ServerResponse[] = [];
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(event({ role: 'assistant', content: 'slowly' }));
    begun.push(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: { id: 'slow', name: 'Slow', baseUrl: `http://127.0.0.1:${port}/v1`, models: ['slow'] },
    finish() {
      for (const response of begun.splice(0)) response.end(`${event({}, 'stop')}data: [DONE]\n\n`);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
