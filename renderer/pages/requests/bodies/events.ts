// Reads a kept stream: its events one by one, and what they say as a whole.
import { isFields, joined, listOf, type Piece, readAnswer, textOf, written } from './conversation.ts';

export interface StreamEvent {
  /** The `event:` line, where there is one. */
  name: string | null;
  data: string;
  /** The data as JSON; undefined where it is none. */
  value: unknown;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Comments and empty events are left out. */
export function splitStream(text: string): StreamEvent[] {
  return text.split(/\r?\n\r?\n/).flatMap((block) => {
    const lines = block.split(/\r?\n/);
    const after = (field: string) =>
      lines
        .filter((line) => line.startsWith(`${field}:`))
        .map((line) => line.slice(field.length + 1).trimStart());
    const data = after('data').join('\n');
    return data === '' ? [] : [{ name: after('event')[0] ?? null, data, value: parse(data) }];
  });
}

/** Calls come in pieces, by their place. */
interface OpenCalls {
  begin(key: string, name: string): void;
  add(key: string, text: string): void;
}

type Fields = Readonly<Record<string, unknown>>;

function readChat(event: Fields, calls: OpenCalls): Piece[] {
  const [choice] = listOf(event.choices);
  if (!isFields(choice)) return [];
  if (!isFields(choice.delta)) return readAnswer(event);
  const { delta } = choice;
  for (const call of listOf(delta.tool_calls).filter(isFields)) {
    const asked = isFields(call.function) ? call.function : {};
    const key = String(call.index ?? 0);
    if (textOf(asked.name) !== '') calls.begin(key, textOf(asked.name));
    calls.add(key, textOf(asked.arguments));
  }
  const said: Piece[] = [
    { kind: 'reasoning', text: textOf(delta.reasoning_content) || textOf(delta.reasoning) },
    { kind: 'text', text: textOf(delta.content) },
    { kind: 'refusal', text: textOf(delta.refusal) },
  ];
  return said.filter((piece) => 'text' in piece && piece.text !== '');
}

function readMessages(event: Fields, calls: OpenCalls): Piece[] {
  const key = String(event.index ?? 0);
  const block = isFields(event.content_block) ? event.content_block : null;
  if (block && /tool_use$/.test(textOf(block.type))) {
    calls.begin(key, textOf(block.name));
    return [];
  }
  const delta = isFields(event.delta) ? event.delta : {};
  if (delta.type === 'input_json_delta') calls.add(key, textOf(delta.partial_json));
  if (delta.type === 'text_delta') return [{ kind: 'text', text: textOf(delta.text) }];
  if (delta.type === 'thinking_delta') return [{ kind: 'reasoning', text: textOf(delta.thinking) }];
  return [];
}

function readResponses(event: Fields, calls: OpenCalls): Piece[] {
  const type = textOf(event.type);
  const key = String(event.output_index ?? 0);
  if (type === 'response.output_text.delta') return [{ kind: 'text', text: textOf(event.delta) }];
  if (/^response\.reasoning(_summary)?_text\.delta$/.test(type))
    return [{ kind: 'reasoning', text: textOf(event.delta) }];
  if (type === 'response.refusal.delta') return [{ kind: 'refusal', text: textOf(event.delta) }];
  if (type === 'response.output_item.added' && isFields(event.item) && /_call$/.test(textOf(event.item.type)))
    calls.begin(key, textOf(event.item.name));
  if (/^response\.(function_call_arguments|custom_tool_call_input)\.delta$/.test(type))
    calls.add(key, textOf(event.delta));
  if (type === 'response.failed' && isFields(event.response)) return readAnswer(event.response);
  return [];
}

/** What a stream says as a whole. */
export function readEvents(events: readonly StreamEvent[]): Piece[] {
  const pieces: Piece[] = [];
  const open = new Map<string, { kind: 'call'; name: string; text: string }>();
  const calls: OpenCalls = {
    begin(key, name) {
      const call = { kind: 'call' as const, name, text: '' };
      open.set(key, call);
      pieces.push(call);
    },
    add(key, text) {
      const call = open.get(key);
      if (call) call.text += text;
    },
  };
  for (const { value } of events) {
    if (!isFields(value)) continue;
    const type = textOf(value.type);
    if (value.error !== undefined && value.error !== null) pieces.push(...readAnswer(value));
    else if (value.choices !== undefined) pieces.push(...readChat(value, calls));
    else if (value.candidates !== undefined) pieces.push(...readAnswer(value));
    else if (type.startsWith('response.')) pieces.push(...readResponses(value, calls));
    else if (type === 'error') pieces.push({ kind: 'error', text: textOf(value.message) || written(value) });
    else pieces.push(...readMessages(value, calls));
  }
  return joined(pieces);
}
