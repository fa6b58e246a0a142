// Reads HTTP/1.1 requests off a socket's bytes, leniently: it exists to record what a client sends, not to police it.

export interface ReadHead {
  method: string;
  /** As sent, query included. */
  target: string;
  /** Lower-case names; a repeated header is joined with ", ". */
  headers: Record<string, string>;
  /** Name, value, name, value … as sent. */
  rawHeaders: string[];
}

export interface ReadRequest extends ReadHead {
  body: Buffer;
}

export interface HttpReader {
  push(bytes: Buffer): void;
}

interface Listener {
  head(head: ReadHead): void;
  /** Body bytes so far; for answers that do not wait for the whole of it. */
  progress?(received: number): void;
  request(request: ReadRequest): void;
}

function parseHead(text: string): ReadHead {
  const [start = '', ...lines] = text.split('\r\n');
  const [method = '', target = ''] = start.split(' ');
  const headers: Record<string, string> = {};
  const rawHeaders: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    const key = name.toLowerCase();
    rawHeaders.push(name, value);
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return { method, target, headers, rawHeaders };
}

/** Takes whole chunks off the front of a chunked body; `done` once the last one was seen. */
function takeChunks(buffer: Buffer): { parts: Buffer[]; rest: Buffer; done: boolean } {
  const parts: Buffer[] = [];
  let rest = buffer;
  for (;;) {
    const line = rest.indexOf('\r\n');
    if (line < 0) return { parts, rest, done: false };
    const size = Number.parseInt(rest.subarray(0, line).toString('latin1'), 16);
    if (rest.length < line + 2 + size + 2) return { parts, rest, done: false };
    if (size === 0) return { parts, rest: rest.subarray(line + 4), done: true };
    parts.push(rest.subarray(line + 2, line + 2 + size));
    rest = rest.subarray(line + 2 + size + 2);
  }
}

/** One reader a connection. Requests come out in order, also where several arrive in one packet. */
export function createHttpReader(listener: Listener): HttpReader {
  let buffer: Buffer = Buffer.alloc(0);
  let head: ReadHead | null = null;
  let body: Buffer[] = [];
  let received = 0;

  const add = (part: Buffer) => {
    if (part.length === 0) return;
    body.push(part);
    received += part.length;
    listener.progress?.(received);
  };
  const finish = (current: ReadHead) => {
    const request = { ...current, body: body.length === 1 && body[0] ? body[0] : Buffer.concat(body) };
    head = null;
    body = [];
    received = 0;
    listener.request(request);
  };
  /** True where another step may be possible. */
  const step = (): boolean => {
    if (!head) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return false;
      head = parseHead(buffer.subarray(0, end).toString('latin1'));
      buffer = buffer.subarray(end + 4);
      listener.head(head);
      return true;
    }
    if (head.headers['transfer-encoding']?.toLowerCase().includes('chunked')) {
      const taken = takeChunks(buffer);
      for (const part of taken.parts) add(part);
      buffer = taken.rest;
      if (taken.done) finish(head);
      return taken.done;
    }
    const length = Number(head.headers['content-length'] ?? 0);
    const part = buffer.subarray(0, length - received);
    buffer = buffer.subarray(part.length);
    add(part);
    if (received < length) return false;
    finish(head);
    return true;
  };
  return {
    push(bytes) {
      buffer = buffer.length === 0 ? bytes : Buffer.concat([buffer, bytes]);
      while (buffer.length > 0 || head) if (!step()) return;
    },
  };
}
