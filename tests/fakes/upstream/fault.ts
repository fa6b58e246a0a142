// The names of everything an upstream can do wrong, as tests write them: `cut@3`, `429:2`, `slow-first-byte:500`.

/** Faults that change how an answer is sent. `@N` counts events of a stream, bytes of any other body. */
const sending = [
  /** Whole, but in pieces of seven bytes, `:ms` (2) apart. */
  'drip',
  /** The connection ends after N with the body's framing unfinished. `cut@0` and `rst@0`: before any answer. */
  'cut',
  'rst',
  /** The body ends in good order after N: no finish reason, no [DONE]. */
  'fin',
  'nodone',
  /** [DONE], but no finish reason. */
  'nofinish',
  /** Everything is sent, [DONE] too, but the body is never ended. */
  'hold',
  /** Events torn and glued together at places that mean nothing. */
  'half',
  'crlf',
  /** Each byte of a character beyond ASCII comes in its own packet. */
  'utf8split',
  'badutf8',
  'badjson',
  /** One event or body of `:bytes` (1 MiB). */
  'big',
  /** `:N` (2000) events of a few bytes. */
  'tiny',
  /** Headers promise gzip. */
  'gzip',
  'gzipbad',
  'gziptrunc',
  /** Content-Length too large, too small. */
  'len+',
  'len-',
  /** 103 Early Hints before the answer. */
  '1xx',
  'bighdr',
  /** The first byte comes after `:ms` (1000). */
  'slow-first-byte',
  /** N, then silence. */
  'stall',
  /** Whole, then the kept-alive connection is reset. */
  'rst-after',
  /** N events, then an error event and [DONE]. */
  'sse-error',
] as const;

/** Faults that put another answer in place of the right one. */
const replacing = [
  /** 200 with a page; `html200json` says it was JSON. */
  'html200',
  'html200json',
  /** 200 with `{"error": …}`. */
  'err200',
  'sse-error-first',
  'empty',
  '204',
  'choices-empty',
  /** `:status` (307), to `redirectTo` of the options. */
  'redirect',
  '404-model',
  /** 429 that says the money is gone. */
  'insufficient_quota',
  /** 429 with `retry-after-ms`. */
  '429ms',
  /** Accepts and says nothing. */
  'blackhole',
  /** No HTTP at all. */
  'illegal',
  /** 413 after 64 KiB of the body, and the connection is closed. */
  'early413',
] as const;

/** Faults that change what the answer says. */
const saying = ['rejects-stream_options', 'no-usage', 'usage-in-every-chunk'] as const;

const names: readonly string[] = ['ok', ...sending, ...replacing, ...saying];

export interface Fault {
  name: string;
  /** What follows `@` or `:`, null where nothing does. */
  arg: string | null;
  /** As written. */
  text: string;
}

/** Null where the text names none of `known`. Any status from 400 on is a fault, with `:value` as its Retry-After. */
function parseFault(text: string, known: readonly string[] = names): Fault | null {
  const match = /^(.+?)(?:[@:](.*))?$/.exec(text);
  const name = match?.[1]?.replace(/^stall-after-(\d+)$/, 'stall') ?? '';
  const arg = /^stall-after-(\d+)$/.exec(text)?.[1] ?? match?.[2] ?? null;
  if (known.includes(name) || /^[45]\d\d$/.test(name)) return { name, arg, text };
  return null;
}

/** Throws on a misspelt name, so that no test passes for want of its fault. */
export function needFault(text: string, known: readonly string[] = names): Fault {
  const fault = parseFault(text, known);
  if (!fault) throw new Error(`no fault is called ${JSON.stringify(text)}`);
  return fault;
}

export function numberOf(fault: Fault, otherwise: number): number {
  return fault.arg === null || fault.arg === '' ? otherwise : Number(fault.arg);
}

/** A model's name may carry its fault: `gpt-4o!cut@3`, or the fault's name alone. */
export function faultOfModel(model: string | null, known: readonly string[] = names): Fault | null {
  return model === null ? null : parseFault(model.slice(model.lastIndexOf('!') + 1), known);
}
