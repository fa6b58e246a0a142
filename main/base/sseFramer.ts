// Cuts a byte stream of server-sent events at event boundaries, whatever the chunking. It parses nothing and copies only what a chunk boundary tore.

const LF = 0x0a;
const CR = 0x0d;

/** An event larger than this is a fault (images come in events of a few megabytes). */
const maxEventBytes = 8 * 1024 * 1024;

export class EventTooLargeError extends Error {
  override readonly name = 'EventTooLargeError';
  constructor() {
    super(`a single stream event is larger than ${maxEventBytes / 1_048_576} MiB`);
  }
}

/** Behind the last blank line in the bytes (LF LF, CR LF CR LF or CR CR), or 0. */
function behindLastBlankLine(bytes: Buffer): number {
  for (let at = bytes.length - 1; at > 0; at--) {
    const byte = bytes[at];
    if (byte === LF) {
      const before = bytes[at - 1];
      if (before === LF) return at + 1;
      if (before === CR && bytes[at - 2] === LF) return at + 1;
    } else if (byte === CR && bytes[at - 1] === CR) {
      return at + 1;
    }
  }
  return 0;
}

export interface SseFramer {
  /** Whole events that are complete with this chunk: often the chunk itself; null while none is. Throws EventTooLargeError. */
  push(chunk: Buffer): Buffer | null;
  /** What is left when the stream has ended: an event without its blank line, or null. */
  rest(): Buffer | null;
}

export function createSseFramer(): SseFramer {
  let held: Buffer[] = [];
  let heldBytes = 0;

  function hold(bytes: Buffer): void {
    held.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes > maxEventBytes) throw new EventTooLargeError();
  }

  /** The last three bytes that are held, which may have come one by one. */
  function heldTail(): Buffer {
    let tail = Buffer.alloc(0);
    for (let at = held.length - 1; at >= 0 && tail.length < 3; at--)
      tail = Buffer.concat([held[at]?.subarray(-3) ?? tail, tail]);
    return tail.subarray(-3);
  }

  return {
    push(chunk) {
      const { length } = chunk;
      if (heldBytes === 0 && length > 1 && chunk[length - 1] === LF && chunk[length - 2] === LF) return chunk;
      // A blank line may be torn: look at the new bytes together with the last held ones.
      const tail = heldTail();
      const window = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
      const end = behindLastBlankLine(window) - tail.length;
      if (end <= 0) {
        hold(chunk);
        return null;
      }
      const complete =
        heldBytes === 0 ? chunk.subarray(0, end) : Buffer.concat([...held, chunk.subarray(0, end)]);
      held = [];
      heldBytes = 0;
      if (end < length) hold(chunk.subarray(end));
      return complete;
    },
    rest() {
      const left = heldBytes === 0 ? null : Buffer.concat(held);
      held = [];
      heldBytes = 0;
      return left;
    },
  };
}

/** The events in the bytes of whole events, each with its bytes and its joined `data:` lines (null for comments and the like). */
export function splitEvents(bytes: Buffer): { bytes: Buffer; data: string | null }[] {
  const events: { bytes: Buffer; data: string | null }[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = endOfEvent(bytes, start);
    const part = bytes.subarray(start, end);
    events.push({ bytes: part, data: dataOf(part.toString('utf8')) });
    start = end;
  }
  return events;
}

function endOfEvent(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== LF && byte !== CR) continue;
    const width = byte === CR && bytes[at + 1] === LF ? 2 : 1;
    const next = at + width;
    if (bytes[next] === LF) return next + 1;
    if (bytes[next] === CR) return next + (bytes[next + 1] === LF ? 2 : 1);
    at += width - 1;
  }
  return bytes.length;
}

function dataOf(text: string): string | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => (line.startsWith('data: ') ? line.slice(6) : line.slice(5)));
  return lines.length > 0 ? lines.join('\n') : null;
}
