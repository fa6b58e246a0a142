// Turns what happens into the items of a response's `output`, and tells of each step. Text and reasoning are open one at a time;
// calls may come interleaved, so they stay open until they are whole or all is over.

import { carrySignature, type SignatureUse } from '../../hub/carriedSignature.ts';
import type { JsonObject, MediaPart, Signature } from '../../hub/turn.ts';
import type { TurnEvent } from '../../hub/turnEvent.ts';
import { clientToolsIn } from '../clientTools.ts';
import { namespacedTools, toolsOf } from '../namespacedTools.ts';
import { type CallItem, createCallItem } from './callItem.ts';
import { createClientCallItem } from './clientCallItem.ts';
import { createImageItem } from './imageItem.ts';
import { createMessageItem, type MessageItem } from './messageItem.ts';
import type { ItemPlace, ItemStatus, OutputItem, Wire } from './outputItem.ts';
import { createReasoningItem, type ReasoningItem } from './reasoningItem.ts';

export interface OutputWriter {
  /** Events without content are passed over. */
  push(event: TurnEvent): void;
  /** Closes what is open, in order. */
  close(status: ItemStatus): void;
  output(): Wire[];
  /** Characters that the model wrote, for an estimate where the upstream does not count. */
  readonly written: number;
}

/** It sends the history itself, or asked for what is sealed: what it gets back it will send again. */
function wantsSealed(body: JsonObject): boolean {
  const included = Array.isArray(body.include) && body.include.includes('reasoning.encrypted_content');
  return included || body.store === false;
}

/** `requestId` makes the items' ids; `body` is the client's request; `emit` hears the events without their sequence number. */
export function createOutputWriter(
  { requestId, body }: { readonly requestId: string; readonly body: JsonObject },
  emit: (type: string, fields: Wire) => void,
): OutputWriter {
  const items: OutputItem[] = [];
  const calls = new Map<number, CallItem>();
  const sealing = wantsSealed(body);
  const tools = toolsOf(body);
  const places = namespacedTools(tools);
  const clientTools = clientToolsIn(tools);
  let message: MessageItem | null = null;
  let reasoning: ReasoningItem | null = null;
  let written = 0;

  function place(prefix: string, ownId?: string | null): ItemPlace {
    const index = items.length;
    const id = ownId ?? `${prefix}_${requestId}_${index}`;
    return {
      id,
      tellItem: (what, item) => emit(`response.output_item.${what}`, { output_index: index, item }),
      tell: (type, fields) => emit(type, { item_id: id, output_index: index, ...fields }),
    };
  }

  function begin<T extends OutputItem>(create: () => T): T {
    message?.close('completed');
    reasoning?.close('completed');
    message = null;
    reasoning = null;
    for (const call of calls.values()) if (call.isWhole()) call.close('completed');
    const item = create();
    items.push(item);
    return item;
  }

  const toMessage = (): MessageItem => {
    message ??= begin(() => createMessageItem(place('msg')));
    return message;
  };

  const toReasoning = (id: string | null): ReasoningItem => {
    reasoning ??= begin(() => createReasoningItem(place('rs', id)));
    return reasoning;
  };

  function carry(signature: Signature | null, use: SignatureUse, id: string | null): void {
    if (!signature || !sealing) return;
    // OpenAI's own goes as it is where the item can still take its own id, which belongs to it.
    const own = signature.family === 'openai' && use === 'thinking' && !reasoning;
    toReasoning(own ? id : null).seal(own ? signature.value : carrySignature({ signature, use, id }));
  }

  function endReasoning(): void {
    reasoning?.close('completed');
    reasoning = null;
  }

  function show({ media, source, mediaType, name }: MediaPart): void {
    if (media === 'image' && source.from === 'base64')
      begin(() => createImageItem(place('ig'), source.data, mediaType));
    // No item holds a link, so it is said.
    else if (source.from === 'url') toMessage().text(`[${name ?? media}](${source.url})`);
  }

  function push(event: TurnEvent): void {
    if ('text' in event) written += event.text.length;
    switch (event.type) {
      case 'text':
        if (event.text !== '') toMessage().text(event.text);
        return;
      case 'refusal':
        if (event.text !== '') toMessage().refusal(event.text);
        return;
      case 'reasoning':
        if (event.text !== '') toReasoning(null).text(event.text);
        return;
      case 'reasoningEnd':
        carry(event.signature, event.redacted ? 'redacted' : 'thinking', event.id);
        endReasoning();
        return;
      case 'textSignature':
        carry(event.signature, 'text', null);
        endReasoning();
        return;
      case 'citation':
        toMessage().citation(event.citation);
        return;
      case 'toolCall': {
        endReasoning();
        carry(event.signature, 'call', null);
        const { kind, id: callId } = event;
        const known = clientTools.get(event.name);
        if (known) {
          const createKnown = (): CallItem => createClientCallItem(place(known.idPrefix), known, callId);
          calls.set(event.index, begin(createKnown));
          return;
        }
        const { namespace, name } = places.get(event.name) ?? { namespace: null, name: event.name };
        const create = (): CallItem =>
          createCallItem(place(kind === 'custom' ? 'ctc' : 'fc'), { kind, callId, name, namespace });
        calls.set(event.index, begin(create));
        return;
      }
      case 'toolArguments':
        calls.get(event.index)?.input(event.text);
        return;
      case 'media':
        show(event.part);
        return;
      case 'start':
      case 'usage':
      case 'finish':
      case 'error':
      case 'end':
    }
  }

  return {
    push,
    close(status) {
      for (const item of items) item.close(status);
    },
    output: () => items.map((item) => item.value()),
    get written() {
      return written;
    },
  };
}
