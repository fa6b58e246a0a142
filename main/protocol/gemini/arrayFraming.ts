// `streamGenerateContent` without `alt=sse` is one JSON array that is written as it grows: any tap's events, in that form.
import { splitEvents } from '../../base/sseFramer.ts';
import type { StreamTap } from '../streamTap.ts';

const whitespace = Buffer.from('\n');

/** `[{…},\n{…}]`. A failure is the array's last element; a heartbeat is white space, which JSON allows between elements. */
export function createArrayFraming(tap: StreamTap): StreamTap {
  let begun = false;
  let closed = false;

  function elements(events: Buffer | null): string {
    if (!events) return '';
    let text = '';
    for (const { data } of splitEvents(events)) {
      if (data === null) continue;
      text += `${begun ? ',\n' : '['}${data}`;
      begun = true;
    }
    return text;
  }

  function close(): string {
    closed = true;
    return begun ? ']' : '[]';
  }

  const bytes = (text: string): Buffer | null => (text === '' ? null : Buffer.from(text));

  return {
    push(chunk) {
      if (closed) return null;
      const text = elements(tap.push(chunk));
      return bytes(tap.seen.done && tap.seen.error === null ? text + close() : text);
    },
    end() {
      if (closed) return null;
      const text = elements(tap.end());
      // Without a finish the stream broke off, and what follows is `fail`.
      const whole = tap.seen.error === null && (tap.seen.done || tap.seen.finishReason !== null);
      return bytes(whole ? text + close() : text);
    },
    fail(error) {
      if (closed) return Buffer.alloc(0);
      const text = elements(tap.fail(error));
      return Buffer.from(text + close());
    },
    heartbeat: () => whitespace,
    seen: tap.seen,
  };
}
