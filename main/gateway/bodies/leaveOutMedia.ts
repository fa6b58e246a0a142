// Takes images, sound and files out of a body that is kept for people to read. It looks only at what stands between quotes, and parses nothing.

const quote = 0x22;
const space = 0x20;
const backslash = 0x5c;

/** Shorter ones are left where they are. */
const shortest = 512;
/** Base64 of no known kind is left where it is up to this length: signatures and encrypted reasoning are part of a conversation. */
const longestUnknown = 32 * 1024;
/** As much of a piece is looked at to tell what it is. */
const lookedAt = 160;

const dataUrl = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+=-]+)*;base64,[\w+/-]*=*$/;
const base64 = /^[\w+/-]{32,}=*$/;

/** How files of well-known kinds begin in base64. */
const beginnings: readonly (readonly [beginning: string, mediaType: string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk0', 'image/bmp'],
  ['JVBERi0', 'application/pdf'],
  ['SUQz', 'audio/mpeg'],
  ['//u', 'audio/mpeg'],
  ['//N', 'audio/mpeg'],
  ['T2dnUw', 'audio/ogg'],
  ['ZkxhQ', 'audio/flac'],
  ['UEsDB', 'application/zip'],
];

function mediaTypeOf(beginning: string, length: number): string | null {
  const url = dataUrl.exec(beginning);
  if (url) return url[1] ?? 'data';
  if (!base64.test(beginning)) return null;
  const known = beginnings.find(([start]) => beginning.startsWith(start));
  return known?.[1] ?? (length > longestUnknown ? 'base64' : null);
}

function sizeText(characters: number): string {
  const bytes = (characters * 3) / 4;
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const holds = (bytes: Buffer, byte: number, from: number, to: number): boolean => {
  const at = bytes.indexOf(byte, from);
  return at >= 0 && at < to;
};

/** What stands for the piece between two quotes, or null where it stays. */
function noteOf(bytes: Buffer, from: number, to: number): string | null {
  if (to - from < shortest) return null;
  const beginning = bytes.toString('latin1', from, Math.min(to, from + lookedAt));
  const mediaType = mediaTypeOf(beginning, to - from);
  if (mediaType === null || holds(bytes, space, from, to) || holds(bytes, backslash, from, to)) return null;
  return `[left out: ${mediaType}, ${sizeText(to - from)}]`;
}

/** The text of a body, of at most about `longest` bytes where there is more; base64 that was left out does not count. */
export function leaveOutMedia(bytes: Buffer, longest: number): { text: string; whole: boolean } {
  const pieces: string[] = [];
  let room = longest;
  let from = 0;

  /** False where there is no room for all of it. */
  function keep(to: number): boolean {
    const end = Math.min(to, from + room);
    pieces.push(bytes.toString('utf8', from, end));
    room -= end - from;
    return end === to;
  }

  let open = bytes.indexOf(quote);
  while (open >= 0 && open - from <= room) {
    const close = bytes.indexOf(quote, open + 1);
    const end = close < 0 ? bytes.length : close;
    const note = noteOf(bytes, open + 1, end);
    if (note !== null) {
      if (!keep(open + 1)) return { text: pieces.join(''), whole: false };
      pieces.push(note);
      from = end;
    }
    open = close;
  }
  const whole = keep(bytes.length);
  return { text: pieces.join(''), whole };
}
