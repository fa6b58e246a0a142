// The load generator's process: runs one round for each line of JSON on stdin, and answers each with a line of JSON.
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLoadConnection, type Timing } from './loadConnection.ts';

export interface Round {
  /** `http://127.0.0.1:PORT/v1` */
  url: string;
  key: string;
  stream: boolean;
  /** Size of an image in the prompt, in bytes of base64; 0 = none. */
  imageBytes: number;
  requests: number;
  concurrency: number;
  /** Requests begin no faster than this; absent: as fast as they are answered. */
  perSecond?: number;
}

export interface RoundResult {
  requests: number;
  seconds: number;
  firstByteMs: { p50: number; p99: number };
  totalMs: { p50: number; p99: number };
}

const question = 'Tell me in two sentences why the sky is blue, please. '.repeat(8);

/** The question alone, or with an image of random pixels. */
function content(imageBytes: number): unknown {
  if (imageBytes === 0) return question;
  const pixels = randomBytes(Math.ceil((imageBytes * 3) / 4)).toString('base64');
  return [
    { type: 'text', text: question },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${pixels}` } },
  ];
}

function requestBytes(round: Round, url: URL): Buffer {
  const body = JSON.stringify({
    model: 'fast-model',
    messages: [
      { role: 'system', content: 'You are a helpful assistant that answers briefly.' },
      { role: 'user', content: content(round.imageBytes) },
    ],
    temperature: 0.7,
    ...(round.stream ? { stream: true } : {}),
  });
  const head = [
    `POST ${url.pathname}/chat/completions HTTP/1.1`,
    `host: ${url.host}`,
    `authorization: Bearer ${round.key}`,
    'content-type: application/json',
    'accept: application/json',
    'user-agent: bench',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function percentiles(values: number[]): { p50: number; p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

async function play(round: Round): Promise<RoundResult> {
  const url = new URL(round.url);
  const target = {
    host: url.hostname,
    port: Number(url.port),
    request: requestBytes(round, url),
    expectedEnd: round.stream ? /data: \[DONE\]\n\n\r\n0\r\n\r\n$/ : /\}\s*(\r\n0\r\n\r\n)?$/,
  };
  const timings: Timing[] = [];
  let open = round.requests;
  const startedAt = performance.now();
  const worker = async () => {
    const connection = await createLoadConnection(target);
    try {
      while (open > 0) {
        const due = round.perSecond ? startedAt + ((round.requests - open) * 1000) / round.perSecond : 0;
        open -= 1;
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        timings.push(await connection.once());
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: round.concurrency }, worker));
  return {
    requests: timings.length,
    seconds: (performance.now() - startedAt) / 1000,
    firstByteMs: percentiles(timings.map((timing) => timing.firstByteMs)),
    totalMs: percentiles(timings.map((timing) => timing.totalMs)),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await play(JSON.parse(line)).catch((error: unknown) => ({ error: String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
