// The events of an upstream's /v1/responses -> what happens. Kinds of events it does not know are skipped.
import type { StreamDecoder } from '../dialect.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import { parseEventFields } from '../hub/parseEvent.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { readFinish } from './decodeResponsesResult.ts';
import { responsesErrorMessage } from './responsesFault.ts';
import { readResponsesUsage } from './responsesUsage.ts';
import { createStreamedItem, type StreamedItem, type StreamTold } from './streamedItem.ts';

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function parse(data: string): Fields {
  const value = parseEventFields(data);
  if (typeof value.type !== 'string' && !value.error)
    throw new ForeignEventError(`an event of the stream names no type: ${data.slice(0, 120)}`);
  return value;
}

/** Flat as published (`code`, `message`), or with all of it in `error`, as gateways send it. */
function errorEvent(event: Fields): TurnEvent {
  const error = event.error ?? event;
  return {
    type: 'error',
    message: responsesErrorMessage(error),
    code: isFields(error) ? textOrNull(error.code) : null,
  };
}

/** Which kind of item an event tells of, where its beginning was not sent. */
function kindOf(type: string): string | null {
  if (/^response\.(?:output_text|refusal|content_part)\./.test(type)) return 'message';
  if (/^response\.reasoning_(?:summary_)?text\./.test(type)) return 'reasoning';
  return null;
}

/** `requestId` makes ids for calls that have none. */
export function createResponsesStreamDecoder(requestId: string): StreamDecoder {
  const told: StreamTold = { calls: 0, signature: null, requestId };
  const open = new Map<unknown, StreamedItem | null>();
  /** Places and ids of items that were told as a whole. */
  const ended = new Set<unknown>();
  let begun = false;
  let over = false;

  function start(response: unknown): TurnEvent[] {
    if (begun) return [];
    begun = true;
    const { id, model } = isFields(response) ? response : ({} as Fields);
    return [{ type: 'start', id: textOrNull(id), model: textOrNull(model) }];
  }

  const placeOf = (event: Fields): unknown => event.output_index ?? event.item_id;

  function itemAt(place: unknown, type: unknown): StreamedItem | null {
    const known = open.get(place);
    if (known !== undefined) return known;
    const item = createStreamedItem(type, told);
    open.set(place, item);
    return item;
  }

  function endItem(place: unknown, item: Fields): TurnEvent[] {
    const seen = ended.has(place) || (typeof item.id === 'string' && ended.has(item.id));
    if (seen) return [];
    ended.add(place);
    if (typeof item.id === 'string' && item.id !== '') ended.add(item.id);
    return itemAt(place, item.type)?.end(item) ?? [];
  }

  function finish(response: Fields): TurnEvent[] {
    over = true;
    const output = Array.isArray(response.output) ? response.output.filter(isFields) : [];
    const rest = output.flatMap((item, index) => endItem(index, item));
    const usage = readResponsesUsage(response.usage);
    return [
      ...rest,
      ...(usage ? [{ type: 'usage', usage } as const] : []),
      { type: 'finish', reason: readFinish(response, told.calls > 0), stopSequence: null },
      { type: 'end' },
    ];
  }

  function fail(event: Fields): TurnEvent[] {
    over = true;
    return [errorEvent(event)];
  }

  function onItem(event: Fields, type: string): TurnEvent[] {
    const place = placeOf(event);
    if (type === 'response.output_item.added') {
      // Some servers give every item the same place.
      if (ended.delete(place)) open.delete(place);
      return isFields(event.item) ? (itemAt(place, event.item.type)?.begin(event.item) ?? []) : [];
    }
    if (type === 'response.output_item.done') return isFields(event.item) ? endItem(place, event.item) : [];
    if (place === undefined) return [];
    const known = open.get(place) !== undefined || kindOf(type) !== null;
    return known ? (itemAt(place, kindOf(type))?.on(event) ?? []) : [];
  }

  return {
    push(data) {
      if (over || data === '[DONE]' || data.trim() === '') return [];
      const event = parse(data);
      const type = textOrNull(event.type) ?? 'error';
      const response = isFields(event.response) ? event.response : {};
      switch (type) {
        case 'response.created':
        case 'response.queued':
        case 'response.in_progress':
          return start(event.response);
        case 'response.completed':
        case 'response.incomplete':
          return [...start(event.response), ...finish(response)];
        case 'response.failed':
        case 'response.cancelled':
          return [
            ...start(event.response),
            ...fail({ error: response.error ?? `the upstream says ${type}` }),
          ];
        case 'error':
          return fail(event);
        default: {
          const events = onItem(event, type);
          return events.length === 0 ? [] : [...start(null), ...events];
        }
      }
    },
    end: () => [],
  };
}
