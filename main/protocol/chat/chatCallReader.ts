// Puts together the tool calls of an answer from their pieces, whatever a server leaves out: indexes, types, ids.
import { type Fields, isFields } from '../hub/reader.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { thoughtSignatureOf } from './decodeChatThoughts.ts';

interface Call {
  /** The server's id, if it gave one. */
  id: string | null;
  /** The hub's index, once the call has been told: it is not before its name is known. */
  index: number | null;
  /** Arguments that came before. */
  held: string;
}

export interface ChatCallReader {
  /** `tool_calls` of a delta or a message. */
  read(calls: unknown): TurnEvent[];
  /** `function_call`, from before there were tools. */
  readLegacy(call: unknown): TurnEvent[];
  /** Calls that have been told. */
  readonly count: number;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function argumentsOf(called: Fields): string {
  const given = called.arguments ?? called.input;
  if (typeof given === 'string') return given;
  return isFields(given) ? JSON.stringify(given) : '';
}

/** `requestId` makes ids for calls that have none. */
export function createChatCallReader(requestId: string): ChatCallReader {
  const calls: Call[] = [];
  const byPlace = new Map<number, Call>();
  const told = new Set<string>();
  let count = 0;

  /** The call that a piece goes on with, or a new one. */
  function find(id: string | null, place: number | null, named: boolean): Call {
    const known = place === null ? findUnplaced(id, named) : byPlace.get(place);
    // Some servers number every call 0; a new id with a name is a new call.
    const another = known?.id && id !== null && id !== known.id && named;
    if (known && !another) return known;
    const call: Call = { id, index: null, held: '' };
    calls.push(call);
    if (place !== null) byPlace.set(place, call);
    return call;
  }

  function findUnplaced(id: string | null, named: boolean): Call | undefined {
    if (id !== null) return calls.find((call) => call.id === id) ?? (named ? undefined : calls.at(-1));
    return named ? undefined : calls.at(-1);
  }

  function freshId(id: string | null): string {
    // Two calls of one id could not be answered apart.
    const unique = id !== null && !told.has(id) ? id : `call_${requestId.replace(/^req_/, '')}_${count}`;
    told.add(unique);
    return unique;
  }

  function readPiece(piece: Fields, place: number | null): TurnEvent[] {
    const custom = isFields(piece.custom) ? piece.custom : null;
    const called = custom ?? (isFields(piece.function) ? piece.function : piece);
    const name = textOf(called.name);
    const id = textOf(piece.id);
    const call = find(id, place, name !== null);
    call.id ??= id;
    call.held += argumentsOf(called);
    const events: TurnEvent[] = [];
    if (call.index === null) {
      if (name === null) return [];
      const value = thoughtSignatureOf(piece);
      call.index = count;
      events.push({
        type: 'toolCall',
        index: count,
        kind: custom ? 'custom' : 'function',
        id: freshId(call.id),
        name,
        signature: value === null ? null : { family: 'gemini', value },
      });
      count += 1;
    }
    if (call.held !== '') events.push({ type: 'toolArguments', index: call.index, text: call.held });
    call.held = '';
    return events;
  }

  return {
    read(value) {
      if (!Array.isArray(value)) return [];
      return value.flatMap((piece: unknown) => {
        if (!isFields(piece)) return [];
        const place = Number.isInteger(piece.index) ? (piece.index as number) : null;
        return readPiece(piece, place);
      });
    },
    readLegacy: (call) => (isFields(call) ? readPiece({ function: call }, 0) : []),
    get count() {
      return count;
    },
  };
}
