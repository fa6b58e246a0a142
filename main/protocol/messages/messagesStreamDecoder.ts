// Anthropic's stream of events -> the hub's.
import type { StreamDecoder } from '../dialect.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import { parseEvent } from '../hub/parseEvent.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { Signature } from '../hub/turn.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { gapBefore, refusalOf } from './decodeMessagesResult.ts';
import { faultOf } from './messagesAnswer.ts';
import { readCitation } from './messagesCitation.ts';
import { readStopReason } from './messagesStop.ts';
import { mergeUsage, readMessagesUsage } from './messagesUsage.ts';
import { readSignature } from './thinkingSignature.ts';

interface OpenBlock {
  readonly type: unknown;
  /** Index of the call where it is one. */
  readonly call: number;
  /** Where its text begins in the whole answer. */
  readonly start: number;
  readonly citations: unknown[];
  signature: string;
  /** It held some thinking. */
  spoke: boolean;
  /** A whole input that came with the block, for where no deltas follow. */
  input: string;
}

const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function parse(data: string): Fields {
  const value = parseEvent(data);
  const event = isFields(value) ? value : {};
  if (typeof event.type !== 'string' && !event.error)
    throw new ForeignEventError(`an event of the stream is not Anthropic's: ${data.slice(0, 120)}`);
  return event;
}

export function createMessagesStreamDecoder(requestId: string): StreamDecoder {
  const open = new Map<unknown, OpenBlock>();
  let usage: Fields | null = null;
  let started = false;
  let finished = false;
  let over = false;
  let calls = 0;
  let said = '';
  let toolRan = false;
  let callSignature: Signature | null = null;

  function start(message: unknown): TurnEvent[] {
    if (started) return [];
    started = true;
    const fields = isFields(message) ? message : {};
    const id = stringOf(fields.id) || `msg_${requestId.replace(/^req_/, '')}`;
    return [{ type: 'start', id, model: stringOf(fields.model) || null }];
  }

  function count(report: unknown): TurnEvent[] {
    if (!isFields(report)) return [];
    usage = mergeUsage(usage, report);
    const read = readMessagesUsage(usage);
    return read ? [{ type: 'usage', usage: read }] : [];
  }

  function text(words: string): TurnEvent[] {
    if (words === '') return [];
    const whole = gapBefore(said, toolRan) + words;
    toolRan = false;
    said += whole;
    return [{ type: 'text', text: whole }];
  }

  const reasoning = (words: string): TurnEvent[] =>
    words === '' ? [] : [{ type: 'reasoning', text: words }];

  function startBlock({ index, content_block: block }: Fields): TurnEvent[] {
    if (!isFields(block)) return [];
    const events = [...open.values()].some(({ type }) => type === 'thinking') ? closeAll() : [];
    const isCall = block.type === 'tool_use';
    const input = isCall && isFields(block.input) && Object.keys(block.input).length > 0 ? block.input : null;
    open.set(index, {
      type: block.type,
      call: isCall ? calls++ : -1,
      start: said.length + gapBefore(said, toolRan).length,
      citations: Array.isArray(block.citations) ? [...(block.citations as unknown[])] : [],
      signature: stringOf(block.type === 'redacted_thinking' ? block.data : block.signature),
      spoke: stringOf(block.thinking) !== '',
      input: input ? JSON.stringify(input) : '',
    });
    switch (block.type) {
      case 'text':
        return [...events, ...text(stringOf(block.text))];
      case 'thinking':
        return [...events, ...reasoning(stringOf(block.thinking))];
      case 'redacted_thinking':
        return events;
      case 'tool_use': {
        const signature = callSignature;
        callSignature = null;
        const id = stringOf(block.id) || `toolu_${requestId.replace(/^req_/, '')}_${calls - 1}`;
        const name = stringOf(block.name);
        return [...events, { type: 'toolCall', index: calls - 1, kind: 'function', id, name, signature }];
      }
      default:
        toolRan = true;
        return events;
    }
  }

  function delta({ index, delta: change }: Fields): TurnEvent[] {
    if (!isFields(change)) return [];
    const block = open.get(index);
    switch (change.type) {
      case 'text_delta':
        return text(stringOf(change.text));
      case 'thinking_delta':
        if (block) block.spoke = true;
        return reasoning(stringOf(change.thinking));
      case 'signature_delta':
        if (block) block.signature = stringOf(change.signature);
        return [];
      case 'citations_delta':
        block?.citations.push(change.citation);
        return [];
      case 'input_json_delta': {
        const json = stringOf(change.partial_json);
        if (!block || block.call < 0 || json === '') return [];
        block.input = '';
        return [{ type: 'toolArguments', index: block.call, text: json }];
      }
      default:
        return [];
    }
  }

  function endThinking(block: OpenBlock): TurnEvent[] {
    const carried = readSignature(block.signature);
    if (carried?.use === 'call') callSignature = carried.signature;
    const own = carried?.use === 'call' ? null : carried;
    if (!own && !block.spoke) return [];
    return [
      { type: 'reasoningEnd', signature: own?.signature ?? null, redacted: false, id: own?.id ?? null },
    ];
  }

  function closeBlock(index: unknown): TurnEvent[] {
    const block = open.get(index);
    open.delete(index);
    switch (block?.type) {
      case 'text':
        return block.citations
          .map((citation) => readCitation(citation, { start: block.start, end: said.length }))
          .filter((citation) => citation !== null)
          .map((citation) => ({ type: 'citation', citation }));
      case 'thinking':
        return endThinking(block);
      case 'redacted_thinking': {
        const signature: Signature = { family: 'anthropic', value: block.signature };
        return [{ type: 'reasoningEnd', signature, redacted: true, id: null }];
      }
      case 'tool_use':
        return block.input === '' ? [] : [{ type: 'toolArguments', index: block.call, text: block.input }];
      default:
        return [];
    }
  }

  function closeAll(): TurnEvent[] {
    return [...open.keys()].flatMap(closeBlock);
  }

  function finish(event: Fields): TurnEvent[] {
    const change = isFields(event.delta) ? event.delta : {};
    const reason = stringOf(change.stop_reason);
    const events = [...(reason === '' ? [] : closeAll()), ...count(event.usage)];
    if (reason === '' || finished) return events;
    finished = true;
    const refusal = reason === 'refusal' ? refusalOf(change.stop_details) : null;
    if (refusal !== null) events.push({ type: 'refusal', text: refusal });
    const stopSequence = stringOf(change.stop_sequence) || null;
    events.push({ type: 'finish', reason: readStopReason(reason, calls > 0), stopSequence });
    return events;
  }

  function fail(error: unknown): TurnEvent[] {
    over = true;
    const code = isFields(error) ? stringOf(error.type) || null : null;
    return [{ type: 'error', message: faultOf(error), code }];
  }

  function read(event: Fields): TurnEvent[] {
    if (event.type === 'error' || isFields(event.error)) return fail(event.error);
    switch (event.type) {
      case 'message_start': {
        const usageOf = isFields(event.message) ? event.message.usage : null;
        return [...start(event.message), ...count(usageOf)];
      }
      case 'content_block_start':
        return [...start(null), ...startBlock(event)];
      case 'content_block_delta':
        return [...start(null), ...delta(event)];
      case 'content_block_stop':
        return closeBlock(event.index);
      case 'message_delta':
        return [...start(null), ...finish(event)];
      case 'message_stop':
        over = true;
        return [...start(null), ...closeAll(), { type: 'end' }];
      default:
        return [];
    }
  }

  return {
    push: (data) => (over || data.trim() === '[DONE]' ? [] : read(parse(data))),
    end: () => [],
  };
}
