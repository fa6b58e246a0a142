// The worker thread in front of the tokenizer: text in, count out, in order.
import { parentPort } from 'node:worker_threads';
import { countTokens } from './countTokens.ts';

export interface CountRequest {
  id: number;
  text: string;
}

export interface CountAnswer {
  id: number;
  tokens: number;
}

const port = parentPort;
if (!port) throw new Error('tokenWorker runs as a worker thread only');
port.on('message', ({ id, text }: CountRequest) => {
  port.postMessage({ id, tokens: countTokens(text) } satisfies CountAnswer);
});
