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
const beforeObject = /^\s*(?:```(?:json)?\s*)?\{$/i;
const perhapsBefore = /^\s*(?:`{0,3}|```[a-z]{0,4}\s*)$/i;
const behindObject = new RegExp(`^\\s*(?:\`\`\`\\s*)?${callEnd}`);

/** The name in the tag that the text begins with, and the tag's length; null where there is none, `open` where there may be one. */
function readTag(text: string): { name: string; length: number } | 'open' | null {
  const found = wholeTag.exec(text);
  if (found) return { name: found[2] ?? '', length: found[0].length };
  const begins = text.length < opening.length ? opening.startsWith(text) : text.startsWith(opening);
  return begins && !text.includes('>') && text.length <= longestTag ? 'open' : null;
}

function perhapsBehind(text: string): boolean {
  const rest = text.trimStart();
  return '```'.startsWith(rest) || callEnd.startsWith(rest.replace(/^```\s*/, ''));
}

type State =
  /** `held`: what may be the beginning of a tag, and the white space before. */
  | { in: 'text' }
  /** Behind a tag, before it is certain that this is a call. `held`: all from the white space before the tag on. */
  | {
      in: 'opening';
      name: string;
      tagAt: number;
      before: string;
      scanner: ObjectScanner | null;
      json: string;
    }
  | { in: 'arguments'; scanner: ObjectScanner }
  /** The JSON broke when it had been passed on already: the rest goes the same way, as any model's would. */
  | { in: 'broken' }
  /** Behind the object, before the tag's end. */
  | { in: 'closing' };

/** `offered`: the tools that may be called; without any, all is text. `requestId` makes the calls' ids. */
export function createPromptToolsReader(offered: ReadonlySet<string>, requestId: string): PromptToolsReader {
  let state: State = { in: 'text' };
  let held = '';
  let calls = 0;
  let spoke = false;
  /** Nothing was said since the last call. */
  let behindCall = false;

  function say(text: string): TurnEvent[] {
    const said = behindCall ? text.trimStart() : text;
    if (said === '') return [];
    const torn = behindCall && spoke;
    behindCall = false;
    spoke = true;
    return [{ type: 'text', text: torn ? `\n\n${said}` : said }];
  }

  const args = (text: string): TurnEvent[] =>
    text === '' ? [] : [{ type: 'toolArguments', index: calls - 1, text }];

  function begin(name: string): TurnEvent {
    const index = calls;
    calls += 1;
    behindCall = true;
    const id = `call_${requestId.replace(/^req_/, '')}_${index}`;
    return { type: 'toolCall', index, kind: 'function', id, name, signature: null };
  }

  /** Says what can't be part of a tag; keeps the rest, white space before it included, for a call is not to trail any. */
  function readText(): TurnEvent[] {
    for (let at = held.indexOf('<'); at >= 0; at = held.indexOf('<', at + 1)) {
      const tag = readTag(held.slice(at));
      if (tag === null || (tag !== 'open' && !offered.has(tag.name))) continue;
      const from = held.slice(0, at).trimEnd().length;
      const events = say(held.slice(0, from));
      held = held.slice(from);
      if (tag === 'open') return events;
      const tagAt = at - from;
      const rest = held.slice(tagAt + tag.length);
      held = held.slice(0, tagAt + tag.length);
      state = { in: 'opening', name: tag.name, tagAt, before: '', scanner: null, json: '' };
      return [...events, ...read(rest)];
    }
    const { length } = held.trimEnd();
    const events = say(held.slice(0, length));
    held = held.slice(length);
    return events;
  }

  /** What looked like a call is none: its first character is text, and what follows may hold a call yet. */
  function giveUp(tagAt: number, rest: string): TurnEvent[] {
    const events = say(held.slice(0, tagAt + 1));
    const left = held.slice(tagAt + 1) + rest;
    state = { in: 'text' };
    held = '';
    return [...events, ...read(left)];
  }

  function readOpening(now: State & { in: 'opening' }, text: string): TurnEvent[] {
    for (let at = 0; at < text.length; at++) {
      const character = text[at] ?? '';
      const rest = text.slice(at + 1);
      held += character;
      if (!now.scanner) {
        now.before += character;
        if (beforeObject.test(now.before)) now.scanner = createObjectScanner();
        else if (now.before.trimStart() === callEnd) {
          held = '';
          state = { in: 'text' };
          return [begin(now.name), ...args('{}'), ...read(rest)];
        } else if (!perhapsBefore.test(now.before) && !callEnd.startsWith(now.before.trimStart()))
          return giveUp(now.tagAt, rest);
        if (!now.scanner) continue;
      }
      const taken = now.scanner.take(character);
      if (taken === null) return giveUp(now.tagAt, rest);
      now.json += taken;
      if (!now.scanner.begun) continue;
      held = '';
      state = now.scanner.whole ? { in: 'closing' } : { in: 'arguments', scanner: now.scanner };
      return [begin(now.name), ...args(now.json), ...read(rest)];
    }
    return [];
  }

  function readArguments(scanner: ObjectScanner, text: string): TurnEvent[] {
    let json = '';
    for (let at = 0; at < text.length; at++) {
      const taken = scanner.take(text[at] ?? '');
      if (taken === null) {
        state = { in: 'broken' };
        return [...args(json), ...read(text.slice(at))];
      }
      json += taken;
      if (!scanner.whole) continue;
      state = { in: 'closing' };
      return [...args(json), ...read(text.slice(at + 1))];
    }
    return args(json);
  }

  function readBroken(): TurnEvent[] {
    const end = held.indexOf(callEnd);
    if (end >= 0) {
      const events = args(held.slice(0, end));
      held = held.slice(end + callEnd.length);
      state = { in: 'text' };
      return [...events, ...read('')];
    }
    const tail = held.lastIndexOf('<');
    const keeps = tail >= 0 && callEnd.startsWith(held.slice(tail)) ? tail : held.length;
    const events = args(held.slice(0, keeps));
    held = held.slice(keeps);
    return events;
  }

  function readClosing(): TurnEvent[] {
    const found = behindObject.exec(held);
    if (!found && perhapsBehind(held)) return [];
    held = held.slice(found?.[0].length ?? 0);
    state = { in: 'text' };
    return read('');
  }

  function read(text: string): TurnEvent[] {
    switch (state.in) {
      case 'opening':
        return readOpening(state, text);
      case 'arguments':
        return readArguments(state.scanner, text);
      default:
        held += text;
        if (state.in === 'broken') return readBroken();
        return state.in === 'closing' ? readClosing() : readText();
    }
  }

  return {
    push: (text) => (offered.size > 0 ? read(text) : say(text)),
    end() {
      const events = state.in === 'broken' ? args(held) : state.in === 'closing' ? [] : say(held);
      held = '';
      return events;
    },
    get calls() {
      return calls;
    },
    get torn() {
      return state.in === 'arguments' || state.in === 'broken';
    },
  };
}
