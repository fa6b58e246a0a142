// Walks a JSON object once and tells where its members stand, so that bodies are edited by splicing and never rewritten.
import { type Bytes, ChunkedBytes, slicesOf } from './chunkedBytes.ts';

/** Where a member's value stands: `bytes.subarray(start, end)` is its JSON text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of an object. */
export interface Member extends Span {
  /** Where its name's opening quote stands. */
  readonly keyStart: number;
  /** The one before it of the same name, which does not count. */
  readonly earlier: Member | null;
}

export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  /** Byte offset of the first byte that can't be JSON. */
  readonly offset: number;
  constructor(offset: number, what: string) {
    super(`${what} at byte ${offset}`);
    this.offset = offset;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** One kind of bytes to walk over: Buffer's own `at` is a call for each byte, that of our class is inlined. */
const walkable = (bytes: Bytes): ChunkedBytes =>
  bytes instanceof ChunkedBytes ? bytes : new ChunkedBytes([bytes]);

/** Beyond this many bytes the native search is faster than stepping. */
const shortString = 48;

function skipSpace(bytes: ChunkedBytes, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes.at(at);
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at++;
  }
}

/** From the opening quote to behind the closing one. */
function skipString(bytes: ChunkedBytes, from: number): number {
  let at = from + 1;
  const steppedEnd = Math.min(bytes.length, at + shortString);
  while (at < steppedEnd) {
    const byte = bytes.at(at);
    if (byte === QUOTE) return at + 1;
    at += byte === BACKSLASH ? 2 : 1;
  }
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at);
    if (quote < 0) throw new JsonSyntaxError(bytes.length, 'a string is not closed');
    let slashes = 0;
    while (quote - 1 - slashes >= at && bytes.at(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** From a member's opening quote to the first byte of its value's white space. */
function skipKey(bytes: ChunkedBytes, from: number): number {
  if (bytes.at(from) !== QUOTE) throw new JsonSyntaxError(from, 'a member name in quotes is expected');
  const colon = skipSpace(bytes, skipString(bytes, from));
  if (bytes.at(colon) !== COLON) throw new JsonSyntaxError(colon, 'a colon is expected');
  return colon + 1;
}

const scalar = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;

function skipScalar(bytes: ChunkedBytes, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes.at(at);
    const inside =
      byte !== undefined &&
      ((byte >= 0x30 && byte <= 0x39) ||
        (byte >= 0x61 && byte <= 0x7a) ||
        byte === 0x2d ||
        byte === 0x2b ||
        byte === 0x2e ||
        byte === 0x45);
    if (!inside) break;
    at++;
  }
  if (at === from || at - from > 400 || !scalar.test(bytes.toString('latin1', from, at))) {
    throw new JsonSyntaxError(from, from >= bytes.length ? 'the text ends too early' : 'a value is expected');
  }
  return at;
}

/** No request is nested so deep; what is could not be walked by those who take it apart without running out of stack. */
const deepest = 1_000;

/** From the first byte of a value (white space allowed before it) to behind its last. Checks structure, not string contents. */
export function skipValue(bytes: Bytes, from: number): number {
  return skipAny(walkable(bytes), from);
}

function skipAny(bytes: ChunkedBytes, from: number): number {
  const closers: number[] = [];
  let at = from;
  for (;;) {
    if (closers.length > deepest) throw new JsonSyntaxError(at, `more than ${deepest} levels are nested`);
    at = skipSpace(bytes, at);
    const byte = bytes.at(at);
    if (byte === OPEN_OBJECT) {
      at = skipSpace(bytes, at + 1);
      if (bytes.at(at) !== CLOSE_OBJECT) {
        at = skipKey(bytes, at);
        closers.push(CLOSE_OBJECT);
        continue;
      }
      at++;
    } else if (byte === OPEN_ARRAY) {
      at = skipSpace(bytes, at + 1);
      if (bytes.at(at) !== CLOSE_ARRAY) {
        closers.push(CLOSE_ARRAY);
        continue;
      }
      at++;
    } else {
      at = byte === QUOTE ? skipString(bytes, at) : skipScalar(bytes, at);
    }
    // A value is complete: close what ends with it, or go on to the next one.
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) return at;
      at = skipSpace(bytes, at);
      const next = bytes.at(at);
      if (next === closer) {
        closers.pop();
        at++;
      } else if (next === COMMA) {
        at = skipSpace(bytes, at + 1);
        if (closer === CLOSE_OBJECT) at = skipKey(bytes, at);
        break;
      } else {
        throw new JsonSyntaxError(
          at,
          closer === CLOSE_OBJECT ? '"," or "}" is expected' : '"," or "]" is expected',
        );
      }
    }
  }
}

function keyText(bytes: Bytes, start: number, end: number): string {
  const raw = bytes.toString('utf8', start + 1, end - 1);
  return raw.includes('\\') ? (readJson(bytes, { start, end }) as string) : raw;
}

/**
 * The members of the JSON object that starts at `from`: name -> span of the value. Of members with one name the last counts,
 * as for JSON.parse. Throws JsonSyntaxError where the bytes are not one JSON object.
 */
export function readMembers(source: Bytes, from = 0, end = source.length): Map<string, Member> {
  const bytes = walkable(source);
  const members = new Map<string, Member>();
  let at = skipSpace(bytes, from);
  if (bytes.at(at) !== OPEN_OBJECT) throw new JsonSyntaxError(at, 'a JSON object is expected');
  at = skipSpace(bytes, at + 1);
  if (bytes.at(at) === CLOSE_OBJECT) {
    at++;
  } else {
    for (;;) {
      if (bytes.at(at) !== QUOTE) throw new JsonSyntaxError(at, 'a member name in quotes is expected');
      const keyStart = at;
      const keyEnd = skipString(bytes, at);
      const start = skipSpace(bytes, skipKey(bytes, at));
      at = skipAny(bytes, start);
      const name = keyText(bytes, keyStart, keyEnd);
      members.set(name, { keyStart, start, end: at, earlier: members.get(name) ?? null });
      at = skipSpace(bytes, at);
      if (bytes.at(at) === CLOSE_OBJECT) {
        at++;
        break;
      }
      if (bytes.at(at) !== COMMA) throw new JsonSyntaxError(at, '"," or "}" is expected');
      at = skipSpace(bytes, at + 1);
    }
  }
  if (skipSpace(bytes, at) < end) throw new JsonSyntaxError(at, 'the object has ended');
  return members;
}

/** The elements of the JSON array a span holds, one after the other; none where it is no array. */
export function* readElements(source: Bytes, span: Span): Generator<Span, void, void> {
  const bytes = walkable(source);
  if (bytes.at(span.start) !== OPEN_ARRAY) return;
  let at = skipSpace(bytes, span.start + 1);
  while (at < span.end && bytes.at(at) !== CLOSE_ARRAY) {
    const end = skipAny(bytes, at);
    yield { start: at, end };
    at = skipSpace(bytes, end);
    if (bytes.at(at) === COMMA) at = skipSpace(bytes, at + 1);
  }
}

/** The string a span holds, or null where it holds something else. */
export function readString(bytes: Bytes, span: Span | undefined): string | null {
  if (!span || bytes.at(span.start) !== QUOTE) return null;
  return keyText(bytes, span.start, span.end);
}

/** The parsed value of a span. Throws JsonSyntaxError: walking it did not look into its strings. */
export function readJson(bytes: Bytes, span: Span = { start: 0, end: bytes.length }): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', span.start, span.end)) as unknown;
  } catch {
    throw new JsonSyntaxError(span.start, 'a text holds a line break, a control character or a wrong escape');
  }
}

/** Replacement of a span's bytes (an empty span inserts). */
export interface Splice extends Span {
  readonly text: string;
}

/** The bytes with all splices done; they must not overlap. Without any, the same object. Chunks are not put together. */
export function spliceBytes(bytes: Buffer, splices: readonly Splice[]): Buffer;
export function spliceBytes(bytes: Bytes, splices: readonly Splice[]): Bytes;
export function spliceBytes(bytes: Bytes, splices: readonly Splice[]): Bytes {
  if (splices.length === 0) return bytes;
  const parts: Buffer[] = [];
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    parts.push(...slicesOf(bytes, at, splice.start), Buffer.from(splice.text));
    at = splice.end;
  }
  parts.push(...slicesOf(bytes, at, bytes.length));
  return bytes instanceof ChunkedBytes ? new ChunkedBytes(parts) : Buffer.concat(parts);
}
