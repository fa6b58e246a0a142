import type { Reply } from '../reply.ts';
import type { SentBody } from './keptBody.ts';

/** Of a body that goes out in pieces no more than this is held until it is over. One that goes out whole is there anyway. */
const heldBytes = 1024 * 1024;

export interface AnswerWatch {
  /** The way back to the client; what goes over it is noted. */
  readonly reply: Reply;
  /** What was sent so far, or null where nothing was. */
  answer(): SentBody | null;
}

/** Notes which bytes go to the client. Nothing is copied or read. */
export function watchAnswer(reply: Reply): AnswerWatch {
  const chunks: Buffer[] = [];
  let held = 0;
  let totalBytes = 0;
  let mediaType: string | null = null;
  return {
    reply: {
      ...reply,
      start(status, headers) {
        mediaType = headers['content-type'] ?? '';
        reply.start(status, headers);
      },
      write(chunk) {
        totalBytes += chunk.length;
        if (held < heldBytes) chunks.push(chunk);
        held += chunk.length;
        return reply.write(chunk);
      },
      end(chunk) {
        if (chunk) {
          totalBytes += chunk.length;
          chunks.push(chunk);
        }
        reply.end(chunk);
      },
    },
    answer: () => (mediaType === null ? null : { bytes: Buffer.concat(chunks), mediaType, totalBytes }),
  };
}
