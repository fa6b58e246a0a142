import { trialBodyBytes } from '../../contract/schemas/trial.ts';
import type { Reply } from '../reply.ts';
import type { TrialAnswer } from './trialAnswer.ts';

export interface TrialReply extends Reply {
  /** The window no longer wants the answer. */
  leave(): void;
  /** The beginning of what a client would have got. */
  body(): string;
}

/** The way back to the window, instead of a client's connection. */
export function createTrialReply(answer: TrialAnswer): TrialReply {
  const kept: Buffer[] = [];
  let room = trialBodyBytes;
  let closed = false;
  let onGone: (() => void) | null = null;

  function take(chunk: Buffer): void {
    if (closed) return;
    answer.push(chunk);
    if (room > 0) kept.push(chunk.subarray(0, room));
    room -= chunk.length;
  }

  return {
    isClosed: () => closed,
    onGone(listener) {
      onGone = listener;
    },
    start: (_status, headers) => answer.begin(headers['content-type'] ?? ''),
    write(chunk) {
      take(chunk);
      return true;
    },
    onDrain: (listener) => listener(),
    end(chunk) {
      if (closed) return;
      if (chunk) take(chunk);
      closed = true;
      answer.end();
    },
    destroy() {
      closed = true;
    },
    leave() {
      if (closed) return;
      closed = true;
      onGone?.();
    },
    body: () => Buffer.concat(kept).toString('utf8'),
  };
}
