// Finds the calls of tools in what a model says, as it says it. Only a tool that was offered, called with what begins as a JSON
// object, is a call; all else stays text.
import type { TurnEvent } from '../hub/turnEvent.ts';
import { createObjectScanner, type ObjectScanner } from './objectScanner.ts';
import { callEnd, callTag } from './promptToolsText.ts';

export interface PromptToolsReader {
  push(text: string): TurnEvent[];
  /** All is said: what was held back because it might have become a call. */
  end(): TurnEvent[];
  /** Calls that have begun. */
  readonly calls: number;
  /** The last call lacks its end. */
  readonly torn: boolean;
}

const opening = `<${callTag}`;
const wholeTag = new RegExp(`^${opening}\\s+name\\s*=\\s*(["'])([^"'<>]*)\\1\\s*>`);
/** A tag that is longer than this is none. */
const longestTag = 256;

/** What models put around the object although they were told not to. */
const perhapsBefore = /^\s*(?:`{0,3}|```[a-z]{0,4}\s*)$/i;
const beforeObject = /^\s*(?:```(?:json)?\s*)?$/i;
const behindObject = new RegExp(`^\\s*(?:\`\`\`\\s*)?${callEnd}`);

/** The name in the tag that the text begins with, and the tag's length; `open` where there may be one yet; null where there is none. */
function readTag(text: string): { name: string; length: number } | 'open' | null {
  const found = wholeTag.exec(text);
  if (found) return { name: found[2] ?? '', length: found[0].length };
  const begins = text.length < opening.length ? opening.startsWith(text) : text.startsWith(opening);
  return begins && !text.includes('>') && text.length < longestTag ? 'open' : null;
}

function perhapsBehind(text: string): boolean {
  const rest = text.trimStart();
  return '```'.startsWith(rest) || callEnd.startsWith(rest.replace(/^```\s*/, ''));
}

/** Behind a tag, before it is certain that this is a call. */
interface Opening {
  readonly in: 'opening';
  readonly name: string;
  /** Where the white space before the tag begins, and the tag itself: all of it is text where this is no call. */
  from: number;
  tagAt: number;
  /** What stands between the tag and the object. */
  before: string;
  readonly scanner: ObjectScanner;
  json: string;
}

type State =
  | { readonly in: 'text' }
  | Opening
  | { readonly in: 'arguments'; readonly scanner: ObjectScanner }
  /** The JSON broke when it had been passed on already: the rest goes the same way, as any model's would. */
  | { readonly in: 'broken' }
  /** Behind the object, before the tag's end. */
  | { readonly in: 'closing' };

/** `offered`: the tools that may be called; without any, all is text. `requestId` makes the calls' ids. */
export function createPromptToolsReader(offered: ReadonlySet<string>, requestId: string): PromptToolsReader {
  let state: State = { in: 'text' };
  /** What is undecided, and from `at` on what was not read. */
  let held = '';
  let at = 0;
  let calls = 0;
  let spoke = false;
  /** Nothing was said since the last call. */
  let behindCall = false;
  let events: TurnEvent[] = [];

  function say(text: string): void {
    const said = behindCall ? text.trimStart() : text;
    if (said === '') return;
    const torn = behindCall && spoke;
    behindCall = false;
    spoke = true;
    events.push({ type: 'text', text: torn ? `\n\n${said}` : said });
  }

  function argue(text: string): void {
    if (text !== '') events.push({ type: 'toolArguments', index: calls - 1, text });
  }

  function begin(name: string, json: string): void {
    const id = `call_${requestId.replace(/^req_/, '')}_${calls}`;
    events.push({ type: 'toolCall', index: calls, kind: 'function', id, name, signature: null });
    calls += 1;
    behindCall = true;
    argue(json);
  }

  function take(length: number): string {
    at += length;
    return held.slice(at - length, at);
  }

  const unread = (): string => held.slice(at);

  /** White space before a tag is not said: where a call follows, it is nothing. */
  const sayUpTo = (end: number): void => say(take(held.slice(at, end).trimEnd().length));

  function readText(): boolean {
    for (let tagAt = held.indexOf('<', at); tagAt >= 0; tagAt = held.indexOf('<', tagAt + 1)) {
      const tag = readTag(held.slice(tagAt, tagAt + longestTag));
      if (tag === null || (tag !== 'open' && !offered.has(tag.name))) continue;
      sayUpTo(tagAt);
      if (tag === 'open') return false;
      const scanner = createObjectScanner();
      state = { in: 'opening', name: tag.name, from: at, tagAt, before: '', scanner, json: '' };
      at = tagAt + tag.length;
      return true;
    }
    sayUpTo(held.length);
    return false;
  }

  /** What looked like a call is none: its first character is text, and behind that there may be a call yet. */
  function giveUp({ from, tagAt }: Opening): true {
    state = { in: 'text' };
    at = tagAt + 1;
    say(held.slice(from, at));
    return true;
  }

  function readOpening(now: Opening): boolean {
    while (at < held.length) {
      const character = take(1);
      if (now.json === '' && !(character === '{' && beforeObject.test(now.before))) {
        now.before += character;
        const word = now.before.trimStart();
        if (word === callEnd) {
          // No arguments, and not even an object for them.
          begin(now.name, '{}');
          state = { in: 'text' };
          return true;
        }
        if (!perhapsBefore.test(now.before) && !callEnd.startsWith(word)) return giveUp(now);
        continue;
      }
      const taken = now.scanner.take(character);
      if (taken === null) return giveUp(now);
      now.json += taken;
      if (!now.scanner.begun) continue;
      begin(now.name, now.json);
      state = now.scanner.whole ? { in: 'closing' } : { in: 'arguments', scanner: now.scanner };
      return true;
    }
    return false;
  }

  function readArguments(scanner: ObjectScanner): boolean {
    let json = '';
    let taken: string | null = '';
    while (at < held.length && !scanner.whole) {
      taken = scanner.take(held[at] ?? '');
      if (taken === null) break;
      json += taken;
      at += 1;
    }
    argue(json);
    if (scanner.whole) state = { in: 'closing' };
    else if (taken === null) state = { in: 'broken' };
    else return false;
    return true;
  }

  function readBroken(): boolean {
    const end = held.indexOf(callEnd, at);
    if (end >= 0) {
      argue(take(end - at));
      at += callEnd.length;
      state = { in: 'text' };
      return true;
    }
    const tail = held.lastIndexOf('<');
    const isEnd = tail >= at && callEnd.startsWith(held.slice(tail));
    argue(take((isEnd ? tail : held.length) - at));
    return false;
  }

  function readClosing(): boolean {
    const found = behindObject.exec(unread());
    if (!found && perhapsBehind(unread())) return false;
    at += found?.[0].length ?? 0;
    state = { in: 'text' };
    return true;
  }

  /** Reads on as far as it can; true where another state has more to read. */
  function step(): boolean {
    switch (state.in) {
      case 'text':
        return readText();
      case 'opening':
        return readOpening(state);
      case 'arguments':
        return readArguments(state.scanner);
      case 'broken':
        return readBroken();
      case 'closing':
        return readClosing();
    }
  }

  /** Forgets what is decided. */
  function hold(text: string): void {
    const from = state.in === 'opening' ? state.from : at;
    held = held.slice(from) + text;
    at -= from;
    if (state.in !== 'opening') return;
    state.from -= from;
    state.tagAt -= from;
  }

  function told(): TurnEvent[] {
    const all = events;
    events = [];
    return all;
  }

  return {
    push(text) {
      if (offered.size === 0) say(text);
      else {
        hold(text);
        while (step());
      }
      return told();
    },
    end() {
      if (state.in === 'broken') argue(unread());
      else if (state.in === 'opening') say(held.slice(state.from));
      else if (state.in === 'text') say(unread());
      at = held.length;
      return told();
    },
    get calls() {
      return calls;
    },
    get torn() {
      return state.in === 'arguments' || state.in === 'broken';
    },
  };
}
