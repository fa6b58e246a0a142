// One item of an upstream's stream. What was told in pieces is not told again when the whole comes; what came without pieces is.
import { type Fields, isFields } from '../hub/reader.ts';
import type { Signature } from '../hub/turn.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { flatToolName } from './namespacedTools.ts';
import { callIdOf, readAnnotation, readImageCall } from './outputReader.ts';
import { readReasoningItem } from './readReasoningItem.ts';

/** What the items of one stream share. */
export interface StreamTold {
  /** Calls so far: the index of the next one. */
  calls: number;
  /** Of the call to come. */
  signature: Signature | null;
  readonly requestId: string;
}

export interface StreamedItem {
  /** An event about the item, other than its beginning and end. */
  on(event: Fields): TurnEvent[];
  /** The item as it stands at its beginning. */
  begin(item: Fields): TurnEvent[];
  /** The whole item; once it has come, it says no more. */
  end(item: Fields): TurnEvent[];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function textEvent(type: 'text' | 'refusal' | 'reasoning', text: string): TurnEvent[] {
  return text === '' ? [] : [{ type, text }];
}

/** A message: parts of text and refusal, each with its own index. */
function createMessage(): StreamedItem {
  const told = new Set<number>();
  const cited = new Map<number, number>();

  function citation(annotation: unknown): TurnEvent[] {
    const read = readAnnotation(annotation);
    return read ? [{ type: 'citation', citation: read }] : [];
  }

  function cite(at: number, annotations: unknown): TurnEvent[] {
    if (!Array.isArray(annotations)) return [];
    const before = cited.get(at) ?? 0;
    cited.set(at, Math.max(before, annotations.length));
    return annotations.slice(before).flatMap(citation);
  }

  function piece(at: number, type: 'text' | 'refusal', text: unknown): TurnEvent[] {
    const events = textEvent(type, textOf(text));
    if (events.length > 0) told.add(at);
    return events;
  }

  const tell = (at: number, type: 'text' | 'refusal', text: unknown): TurnEvent[] =>
    told.has(at) ? [] : piece(at, type, text);

  function whole(at: number, part: unknown): TurnEvent[] {
    if (!isFields(part)) return [];
    if (part.type === 'refusal') return tell(at, 'refusal', part.refusal);
    return [...tell(at, 'text', part.text), ...cite(at, part.annotations)];
  }

  const end = (item: Fields): TurnEvent[] =>
    Array.isArray(item.content) ? item.content.flatMap((part, at) => whole(at, part)) : [];

  return {
    // Whatever a message holds at its beginning comes again.
    begin: () => [],
    on(event) {
      const at = typeof event.content_index === 'number' ? event.content_index : 0;
      switch (event.type) {
        case 'response.output_text.delta':
          return piece(at, 'text', event.delta);
        case 'response.refusal.delta':
          return piece(at, 'refusal', event.delta);
        case 'response.output_text.done':
          return tell(at, 'text', event.text);
        case 'response.refusal.done':
          return tell(at, 'refusal', event.refusal);
        case 'response.content_part.done':
          return whole(at, event.part);
        case 'response.output_text.annotation.added':
          cited.set(at, (cited.get(at) ?? 0) + 1);
          return citation(event.annotation);
        default:
          return [];
      }
    },
    end,
  };
}

function createReasoning(told: StreamTold): StreamedItem {
  /** Which of its two texts is told: some servers stream the reasoning and its summary. */
  let kind: string | null = null;
  let part = 0;

  function tell(of: 'text' | 'summary', at: unknown, text: unknown): TurnEvent[] {
    kind ??= of;
    if (kind !== of || textOf(text) === '') return [];
    const next = typeof at === 'number' && at > part;
    if (next) part = at;
    return textEvent('reasoning', next ? `\n\n${textOf(text)}` : textOf(text));
  }

  return {
    begin: () => [],
    on(event) {
      if (event.type === 'response.reasoning_text.delta')
        return tell('text', event.content_index, event.delta);
      if (event.type === 'response.reasoning_summary_text.delta')
        return tell('summary', event.summary_index, event.delta);
      return [];
    },
    end(item) {
      const found = readReasoningItem(item);
      if (found.of === 'call') told.signature = found.signature;
      if (found.of === 'text') return [{ type: 'textSignature', signature: found.signature }];
      if (found.of !== 'reasoning') return [];
      const { text, signature = null, redacted = false, id = null } = found.part;
      if (kind === null && text === '' && !signature) return [];
      const events = kind === null ? textEvent('reasoning', text) : [];
      return [...events, { type: 'reasoningEnd', signature, redacted, id }];
    },
  };
}

function createCall(told: StreamTold): StreamedItem {
  let index: number | null = null;
  let inPieces = false;

  function begin(item: Fields): TurnEvent[] {
    // A call without its name can't be told yet; the whole item will have it.
    if (index !== null || typeof item.name !== 'string' || item.name === '') return [];
    index = told.calls;
    told.calls += 1;
    const { signature } = told;
    told.signature = null;
    return [
      {
        type: 'toolCall',
        index,
        kind: item.type === 'custom_tool_call' ? 'custom' : 'function',
        id: callIdOf(item, `call_${told.requestId}_${index}`),
        name: flatToolName(item.namespace, item.name),
        signature,
      },
    ];
  }

  function tell(text: unknown): TurnEvent[] {
    if (index === null || textOf(text) === '') return [];
    inPieces = true;
    return [{ type: 'toolArguments', index, text: textOf(text) }];
  }

  return {
    begin,
    on(event) {
      switch (event.type) {
        case 'response.function_call_arguments.delta':
        case 'response.custom_tool_call_input.delta':
          return tell(event.delta);
        case 'response.function_call_arguments.done':
          return inPieces ? [] : tell(event.arguments);
        case 'response.custom_tool_call_input.done':
          return inPieces ? [] : tell(event.input);
        default:
          return [];
      }
    },
    end(item) {
      const begun = begin(item);
      return inPieces ? begun : [...begun, ...tell(item.arguments ?? item.input)];
    },
  };
}

function createImage(): StreamedItem {
  return {
    begin: () => [],
    on: () => [],
    end(item) {
      const part = readImageCall(item);
      return part?.type === 'media' ? [{ type: 'media', part }] : [];
    },
  };
}

/** Null for kinds of items that say nothing here. */
export function createStreamedItem(type: unknown, told: StreamTold): StreamedItem | null {
  switch (type) {
    case 'message':
      return createMessage();
    case 'reasoning':
      return createReasoning(told);
    case 'function_call':
    case 'custom_tool_call':
      return createCall(told);
    case 'image_generation_call':
      return createImage();
    default:
      return null;
  }
}
