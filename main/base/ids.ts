import { randomBytes } from 'node:crypto';

/** Makes request ids that sort by time and never repeat: base-36 milliseconds, this process's random part, and a count. */
export function createRequestIds(now: () => number): () => string {
  const process = randomBytes(5).toString('hex');
  let count = 0;
  return () => {
    count = (count + 1) % 46_656;
    return `req_${now().toString(36)}${process}${count.toString(36).padStart(3, '0')}`;
  };
}
