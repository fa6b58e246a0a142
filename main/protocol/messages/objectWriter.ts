// Lets a tool call's arguments through as they stream, so that what went out is a JSON object whatever came in: Anthropic's
// clients parse it when the block stops. What can be mended on the way is mended; what can't is told in a member of its own.

/** Member that holds what followed the first character that can't be JSON; a client's schema check will notice it. */
const restMember = 'unparsed';

export interface ObjectWriter {
  /** The part of the object that may be sent now. White space between tokens is left out. */
  push(text: string): string;
  /** The object that came in is whole. */
  readonly complete: boolean;
  /** What makes the object whole. */
  end(): string;
}

type State =
  /** Nothing yet; behind `{`; behind `{}`: held, as some servers send it before the real arguments. */
  | 'start'
  | 'opened'
  | 'empty'
  /** No object at all: kept whole. */
  | 'foreign'
  | 'firstKey'
  | 'nextKey'
  | 'key'
  | 'colon'
  | 'value'
  | 'firstItem'
  | 'nextItem'
  | 'text'
  | 'literal'
  | 'after'
  | 'done'
  | 'broken';

const jsonLiteral = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;
const foreignLiterals: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  undefined: 'null',
  NaN: 'null',
};
const literalLetter = /[-+.0-9A-Za-z]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them bare.
const plainText = /[^"\\\u0000-\u001f]+/y;

const literalOf = (text: string): string | null =>
  jsonLiteral.test(text) ? text : (foreignLiterals[text] ?? null);

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object for what is none: its own inside where it is an object in quotes or in a fence, else one with the member `input`. */
function wrap(raw: string): string {
  const value = parse(raw);
  if (raw.trim() === '' || value === null) return '{}';
  const inner = typeof value === 'string' ? value : raw;
  const fenced = parse(inner.slice(inner.indexOf('{'), inner.lastIndexOf('}') + 1));
  if (isObject(fenced) && !Array.isArray(value)) return JSON.stringify(fenced);
  return JSON.stringify({ input: value === undefined ? raw : value });
}

export function createObjectWriter(): ObjectWriter {
  let state: State = 'start';
  let closers = '';
  /** A literal or an escape that is not whole yet; all of it where the text is foreign; the rest where it is broken. */
  let held = '';
  let rest = '';
  let members = false;
  let brokenAt: State = 'start';
  let out = '';

  const inText = (): boolean => state === 'text' || state === 'key';

  function close(): void {
    out += closers.at(-1);
    closers = closers.slice(0, -1);
    state = closers === '' ? 'done' : 'after';
  }

  function breakAt(text: string): void {
    brokenAt = state;
    if (state === 'opened') out += '{';
    state = 'broken';
    rest = text;
  }

  /** Behind the backslash and what was held of it; returns how many of the characters were used. */
  function readEscape(text: string, at: number): number {
    const letter = text[at] as string;
    if (held === '\\') {
      if (letter === 'u') {
        held = '\\u';
        return 1;
      }
      held = '';
      // A backslash that escapes nothing was meant as one.
      out += '"\\/bfnrt'.includes(letter) ? `\\${letter}` : '\\\\';
      return '"\\/bfnrt'.includes(letter) ? 1 : 0;
    }
    if (/[0-9a-fA-F]/.test(letter)) {
      held += letter;
      if (held.length === 6) {
        out += held;
        held = '';
      }
      return 1;
    }
    out += `\\${held}`;
    held = '';
    return 0;
  }

  function text(chunk: string, at: number): number {
    if (held !== '') return readEscape(chunk, at);
    plainText.lastIndex = at;
    const plain = plainText.exec(chunk)?.[0];
    if (plain) {
      out += plain;
      return plain.length;
    }
    const letter = chunk[at] as string;
    if (letter === '\\') held = '\\';
    else if (letter === '"') {
      out += '"';
      state = state === 'key' ? 'colon' : 'after';
    } else out += JSON.stringify(letter).slice(1, -1);
    return 1;
  }

  function literal(letter: string): boolean {
    if (literalLetter.test(letter)) {
      held += letter;
      return true;
    }
    const value = literalOf(held);
    if (value === null) {
      state = 'value';
      return false;
    }
    out += value;
    held = '';
    state = 'after';
    return false;
  }

  function beginValue(letter: string): boolean {
    const comma = state === 'nextItem' ? ',' : '';
    if (letter === ']' && state !== 'value') {
      close();
      return true;
    }
    if (letter === '"') {
      out += `${comma}"`;
      state = 'text';
    } else if (letter === '{' || letter === '[') {
      out += comma + letter;
      closers += letter === '{' ? '}' : ']';
      state = letter === '{' ? 'firstKey' : 'firstItem';
    } else if (literalLetter.test(letter)) {
      out += comma;
      held = letter;
      state = 'literal';
    } else return false;
    return true;
  }

  /** False where the letter can't stand here. */
  function token(letter: string): boolean {
    switch (state) {
      case 'start':
        if (letter !== '{') return false;
        state = 'opened';
        return true;
      case 'opened':
        if (letter === '}') state = 'empty';
        else if (letter === '"') {
          out += '{"';
          closers = '}';
          members = true;
          state = 'key';
        } else return false;
        return true;
      case 'firstKey':
      case 'nextKey':
        if (letter === '}') close();
        else if (letter === '"') {
          out += state === 'nextKey' ? ',"' : '"';
          state = 'key';
        } else return false;
        return true;
      case 'colon':
        if (letter !== ':') return false;
        out += ':';
        state = 'value';
        return true;
      case 'value':
      case 'firstItem':
      case 'nextItem':
        return beginValue(letter);
      case 'after':
        if (letter === ',') state = closers.at(-1) === '}' ? 'nextKey' : 'nextItem';
        else if (letter === closers.at(-1)) close();
        else return false;
        return true;
      default:
        return true;
    }
  }

  function read(chunk: string): void {
    for (let at = 0; at < chunk.length; ) {
      if (inText()) {
        at += text(chunk, at);
        continue;
      }
      if (state === 'done') return;
      if (state === 'foreign' || state === 'broken') {
        if (state === 'foreign') held += chunk.slice(at);
        else rest += chunk.slice(at);
        return;
      }
      const letter = chunk[at] as string;
      if (state === 'literal') {
        if (literal(letter)) at++;
        else if (held !== '') {
          breakAt(held);
          held = '';
        }
        continue;
      }
      if (state === 'empty' && letter === '{') state = 'opened';
      else if (!/\s/.test(letter) && !token(letter)) {
        if (state === 'start') state = 'foreign';
        else breakAt('');
        continue;
      }
      at++;
    }
  }

  function missing(at: State): string {
    if (at === 'key') return '":null';
    if (at === 'colon') return ':null';
    if (at === 'value') return 'null';
    if (at === 'text') return '"';
    return at === 'literal' ? (literalOf(held) ?? 'null') : '';
  }

  return {
    push(chunk) {
      out = '';
      read(chunk);
      return out;
    },
    get complete() {
      return state === 'done' || state === 'empty';
    },
    end() {
      if (state === 'done') return '';
      if (state === 'start' || state === 'opened' || state === 'empty') return '{}';
      if (state === 'foreign') return wrap(held);
      const inner = [...closers.slice(1)].reverse().join('');
      const told = rest === '' ? '' : `${members ? ',' : ''}"${restMember}":${JSON.stringify(rest)}`;
      return `${missing(state === 'broken' ? brokenAt : state)}${inner}${told}}`;
    },
  };
}

/** The JSON text of an object, whatever the arguments are. */
export function objectText(json: string): string {
  const writer = createObjectWriter();
  return writer.push(json) + writer.end();
}
