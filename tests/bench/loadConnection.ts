// One keep-alive connection of the load generator: sends a fixed request, waits for the whole answer, again and again.
import { connect, type Socket } from 'node:net';

export interface Timing {
  firstByteMs: number;
  totalMs: number;
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/** Notices where an answer ends, without looking into it. */
function createAnswerEnd(): { push(bytes: Buffer): boolean; status(): number; tail(): string } {
  let head = Buffer.alloc(0);
  let inBody = false;
  let left = 0;
  let chunked = false;
  let status = 0;
  let tail = Buffer.alloc(0);
  const body = (bytes: Buffer): boolean => {
    tail = Buffer.concat([tail, bytes]).subarray(-200);
    if (chunked) return tail.subarray(-lastChunk.length).equals(lastChunk);
    left -= bytes.length;
    return left <= 0;
  };
  return {
    push(bytes) {
      if (inBody) return body(bytes);
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf(headEnd);
      if (end < 0) return false;
      const text = head.subarray(0, end).toString('latin1');
      status = Number(text.slice(9, 12));
      chunked = /\r\ntransfer-encoding: *chunked/i.test(text);
      left = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      inBody = true;
      return body(head.subarray(end + headEnd.length));
    },
    status: () => status,
    tail: () => tail.toString('utf8'),
  };
}

function connected(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Rejects where an answer is no 200 or does not end as `expectedEnd` says: a bench of errors measures nothing. */
export async function createLoadConnection(target: {
  host: string;
  port: number;
  request: Buffer;
  expectedEnd: RegExp;
}) {
  const socket = await connected(target.host, target.port);
  return {
    once: () =>
      new Promise<Timing>((resolve, reject) => {
        const answer = createAnswerEnd();
        const startedAt = performance.now();
        let firstByteMs = -1;
        const finish = (error?: Error) => {
          socket.off('data', onData);
          socket.off('close', onClose);
          if (error) reject(error);
          else resolve({ firstByteMs, totalMs: performance.now() - startedAt });
        };
        const onClose = () => finish(new Error('the connection closed before the answer was whole'));
        const onData = (bytes: Buffer) => {
          if (firstByteMs < 0) firstByteMs = performance.now() - startedAt;
          if (!answer.push(bytes)) return;
          const right = answer.status() === 200 && target.expectedEnd.test(answer.tail());
          finish(right ? undefined : new Error(`answer ${answer.status()} ends with: ${answer.tail()}`));
        };
        socket.on('data', onData);
        socket.on('close', onClose);
        socket.write(target.request);
      }),
    close: () => socket.destroy(),
  };
}
