// Turns an answer and a fault into the exact steps on the wire. Pure: what happens is decided here, done by exchange.ts.
import { gzipSync } from 'node:zlib';
import type { Answer, EventsBody } from './answer.ts';
import { type Fault, numberOf } from './fault.ts';
import { inStreamError } from './inStreamError.ts';

export type Step =
  | { do: 'head'; status: number; headers: Record<string, string> }
  /** Bytes of the body; the framing is added where the head says chunked. */
  | { do: 'body'; bytes: Buffer }
  /** Bytes as they are. */
  | { do: 'raw'; bytes: Buffer }
  | { do: 'wait'; ms: number }
  /** The body's end in good order; the connection lives on unless the client asked otherwise. */
  | { do: 'end' }
  /** The fault ends the connection here. */
  | { do: 'close'; how: 'fin' | 'rst' }
  /** Nothing more, for ever. */
  | { do: 'hang' };

const body = (bytes: Buffer | string): Step => ({ do: 'body', bytes: Buffer.from(bytes) });

function pieces(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

function apart(parts: readonly Buffer[], ms: number): Step[] {
  return parts.flatMap((part): Step[] => [body(part), { do: 'wait', ms }]);
}

/** Cuts between the bytes of every character beyond ASCII. */
function insideCharacters(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = 1; at <= bytes.length; at += 1) {
    const inside = at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80;
    if (!inside && at < bytes.length) continue;
    parts.push(bytes.subarray(start, at));
    start = at;
  }
  return parts;
}

const isFinish = (event: string) => /"finish_reason":\s*"/.test(event);
const withoutFinish = (event: string) => event.replace(/"finish_reason":\s*"[^"]*"/g, '"finish_reason":null');
const isDone = (event: string) => event === 'data: [DONE]';

/** The events as the fault would have them. */
function bentEvents({ events, error = inStreamError.chat }: EventsBody, fault: Fault): string[] {
  const done = events.filter(isDone);
  const rest = events.filter((event) => !isDone(event));
  switch (fault.name) {
    case 'nodone':
      return rest;
    case 'nofinish':
      return [...rest.map((event) => (isFinish(event) ? withoutFinish(event) : event)), ...done];
    case 'badjson':
      return events.map((event, index) => (index === 1 ? `${event.slice(0, -3)}<` : event));
    case 'big': {
      const filler = 'x'.repeat(numberOf(fault, 1024 * 1024));
      return events.map((event, index) =>
        index === 1 ? event.replace(/"content":"/, `"content":"${filler}`) : event,
      );
    }
    case 'tiny':
      return [
        ...rest.slice(0, 1),
        ...Array<string>(numberOf(fault, 2_000)).fill(rest[1] ?? ''),
        ...rest.slice(1),
        ...done,
      ];
    case 'sse-error': {
      const at = numberOf(fault, 2);
      return [...rest.slice(0, at), error(at), ...done];
    }
    default:
      return [...events];
  }
}

/** What breaks off after N, for streams (events) and other bodies (bytes) alike. */
function brokenOff(first: (count: number) => readonly Buffer[], fault: Fault, head: Step): Step[] | null {
  const count = numberOf(fault, 0);
  const sent = first(count).map((part) => body(part));
  switch (fault.name) {
    case 'cut':
      return count === 0 ? [{ do: 'close', how: 'fin' }] : [head, ...sent, { do: 'close', how: 'fin' }];
    case 'rst':
      // A breath before the reset, or the kernel throws away what was just written.
      return count === 0
        ? [{ do: 'close', how: 'rst' }]
        : [head, ...sent, { do: 'wait', ms: 20 }, { do: 'close', how: 'rst' }];
    case 'fin':
      return [head, ...sent, { do: 'end' }];
    case 'stall':
      return [head, ...sent, { do: 'hang' }];
    default:
      return null;
  }
}

function streamSteps(answer: Answer, said: EventsBody, fault: Fault): Step[] {
  const head: Step = {
    do: 'head',
    status: answer.status,
    headers: { ...answer.headers, 'transfer-encoding': 'chunked' },
  };
  const bent = bentEvents(said, fault);
  const newline = fault.name === 'crlf' ? '\r\n' : '\n';
  const frames = bent.map((event) => Buffer.from(`${event}${newline}${newline}`));
  const whole = Buffer.concat(frames);
  const broken = brokenOff((count) => frames.slice(0, count), fault, head);
  if (broken) return broken;
  switch (fault.name) {
    case 'drip':
      return [head, ...apart(pieces(whole, 7), numberOf(fault, 2)), { do: 'end' }];
    case 'half':
      return [head, ...apart(pieces(whole, Math.ceil(whole.length / 7)), 1), { do: 'end' }];
    case 'crlf': {
      const comment = Buffer.from(': a comment\r\nretry: 3000\r\n\r\n');
      return [head, body(Buffer.concat([Buffer.from('\ufeff'), comment, whole])), { do: 'end' }];
    }
    case 'utf8split':
      return [head, ...apart(insideCharacters(whole), 1), { do: 'end' }];
    case 'badutf8':
      return [
        head,
        ...frames.map((frame, index) => body(index === 1 ? spoiled(frame) : frame)),
        { do: 'end' },
      ];
    case 'hold':
      return [head, ...frames.map((frame) => body(frame)), { do: 'hang' }];
    default:
      return [head, ...frames.map((frame) => body(frame)), { do: 'end' }];
  }
}

/** Two bytes that are no UTF-8, in the middle of the text. */
function spoiled(bytes: Buffer): Buffer {
  const at = bytes.indexOf('"content":"') + '"content":"'.length;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xc3]), bytes.subarray(at)]);
}

function bentBytes(bytes: Buffer, fault: Fault): Buffer {
  switch (fault.name) {
    case 'badjson':
      return bytes.subarray(0, Math.max(0, bytes.length - 3));
    case 'badutf8':
      return spoiled(bytes);
    case 'big':
      return Buffer.concat([Buffer.alloc(numberOf(fault, 1024 * 1024), ' '), bytes]);
    default:
      return bytes;
  }
}

function wholeSteps(answer: Answer, right: Buffer, fault: Fault): Step[] {
  const bytes = bentBytes(right, fault);
  const headOf = (length: number, extra: Record<string, string> = {}): Step => ({
    do: 'head',
    status: answer.status,
    headers: {
      ...answer.headers,
      ...(answer.status === 204 ? {} : { 'content-length': String(length) }),
      ...extra,
    },
  });
  const head = headOf(bytes.length);
  if (fault.name === 'fin')
    return wholeSteps(answer, bytes.subarray(0, numberOf(fault, 0)), { ...fault, name: 'ok' });
  const broken = brokenOff((count) => [bytes.subarray(0, count)], fault, head);
  if (broken) return broken;
  const zipped = gzipSync(bytes);
  switch (fault.name) {
    case 'drip':
      return [head, ...apart(pieces(bytes, 7), numberOf(fault, 2)), { do: 'end' }];
    case 'utf8split':
      return [head, ...apart(insideCharacters(bytes), 1), { do: 'end' }];
    case 'gzip':
      return [headOf(zipped.length, { 'content-encoding': 'gzip' }), body(zipped), { do: 'end' }];
    case 'gzipbad':
      return [headOf(bytes.length, { 'content-encoding': 'gzip' }), body(bytes), { do: 'end' }];
    case 'gziptrunc': {
      const half = zipped.subarray(0, zipped.length >> 1);
      return [headOf(half.length, { 'content-encoding': 'gzip' }), body(half), { do: 'end' }];
    }
    case 'len+':
      return [headOf(bytes.length + 50), body(bytes), { do: 'close', how: 'fin' }];
    case 'len-':
      return [headOf(Math.max(0, bytes.length - 20)), body(bytes), { do: 'close', how: 'fin' }];
    case 'hold':
      return [headOf(bytes.length + 1), body(bytes), { do: 'hang' }];
    default:
      return [head, body(bytes), { do: 'end' }];
  }
}

/** Every step from the request's last byte on. */
export function planSteps(answer: Answer, fault: Fault): Step[] {
  if (fault.name === 'blackhole') return [{ do: 'hang' }];
  if (fault.name === 'illegal') {
    return [
      { do: 'raw', bytes: Buffer.from('SSH-2.0-OpenSSH_9.2\r\n') },
      { do: 'close', how: 'fin' },
    ];
  }
  const steps =
    'events' in answer.body
      ? streamSteps(answer, answer.body, fault)
      : wholeSteps(answer, answer.body.bytes, fault);
  switch (fault.name) {
    case 'slow-first-byte':
      return [{ do: 'wait', ms: numberOf(fault, 1_000) }, ...steps];
    case '1xx': {
      const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n';
      return [{ do: 'raw', bytes: Buffer.from(hints) }, ...steps];
    }
    case 'bighdr':
      return steps.map((step) =>
        step.do === 'head'
          ? { ...step, headers: { ...step.headers, 'x-large': 'y'.repeat(17 * 1024) } }
          : step,
      );
    case 'rst-after':
      return [...steps, { do: 'wait', ms: 20 }, { do: 'close', how: 'rst' }];
    default:
      return steps;
  }
}
