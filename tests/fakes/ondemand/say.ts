// What the emulated model says: little, and such that a conversation can be checked by it.

const role = /^\s*(?:user|human)\s*:\s*/i;
/** A cue for the next speaker, or a tag alone: nobody said that. */
const notSaid = /^\s*(?:(?:assistant|model)\s*:)?\s*$|^\s*<\/?[^<>]*>\s*$/i;

/** The last line that somebody said, without the speaker's name. */
function lastLine(text: string): string {
  const line = text.split('\n').findLast((candidate) => !notSaid.test(candidate)) ?? '';
  return line.replace(role, '').trim();
}

/** The value told last for a thing: "the word is pelican", "my name was “Ada”". */
function lastTold(thing: string, texts: readonly string[]): string | null {
  const told = new RegExp(`\\b(?:the|my) ${thing} (?:is|was)\\s+["'“]?([\\p{L}\\p{N}_-]+)`, 'giu');
  return (
    texts
      .flatMap((text) => [...text.matchAll(told)])
      .at(-1)
      ?.at(1) ?? null
  );
}

/**
 * Quotes the last line of the query. Three kinds of line get more than that: "What was the word?" is answered from what
 * was told before, `memory` first, then the query itself; "Count to 300" counts; "Say exactly: …" says just that.
 */
export function say(query: string, memory: readonly string[]): string {
  const line = lastLine(query);
  const exactly = /^Say exactly:\s*(.+)$/.exec(line)?.[1];
  if (exactly !== undefined) return exactly;
  const count = /\bcount to (\d{1,5})\b/i.exec(line)?.[1];
  if (count !== undefined) return Array.from({ length: Number(count) }, (_, index) => index + 1).join(' ');
  const thing = /\bwhat (?:is|was) (?:the|my) ([\p{L}\p{N}_-]+)/iu.exec(line)?.[1];
  if (thing === undefined) return `You said “${line}”.`;
  const value = lastTold(thing, [...memory, query]);
  return value === null ? `Nobody told me the ${thing}.` : `The ${thing} was “${value}”.`;
}
