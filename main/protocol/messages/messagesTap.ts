// Watches an Anthropic stream go by: has it begun, has it ended well, what did it use. It changes nothing.
import { splitEvents } from '../../base/sseFramer.ts';
import { commentHeartbeat } from '../heartbeat.ts';
import { notJson, peekEventFields } from '../hub/parseEvent.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import { nothingSeen, type StreamTap } from '../streamTap.ts';
import { watchEvents } from '../watchEvents.ts';
import { faultOf } from './messagesAnswer.ts';
import { messagesErrorEvent } from './messagesError.ts';
import { mergeUsage } from './messagesUsage.ts';

export const pingEvent = 'event: ping\ndata: {"type":"ping"}\n\n';

const ping = Buffer.from(pingEvent);
/** Bytes of a `content_block_delta` of one token. */
const usualEvent = 130;
/** In a string these words would stand behind an escaped quote, so a hit is a real member. */
const rare = /"message_(?:start|delta|stop)"|"error"/;

/** The block begins with something in it, or is something by itself. */
function blockSays(block: unknown): boolean {
  if (!isFields(block)) return false;
  if (block.type === 'text') return typeof block.text === 'string' && block.text !== '';
  if (block.type === 'thinking') return typeof block.thinking === 'string' && block.thinking !== '';
  return true;
}

function deltaSays(delta: unknown): boolean {
  if (!isFields(delta)) return false;
  const said = [delta.text, delta.thinking, delta.partial_json, delta.signature];
  return said.some((text) => typeof text === 'string' && text !== '') || isFields(delta.citation);
}

export function createMessagesTap(): StreamTap {
  let started = false;
  const state = nothingSeen();

  function note(event: Fields): void {
    const usageOf = (from: unknown): void => {
      if (isFields(from)) state.usage = mergeUsage(state.usage as Fields | null, from.usage);
    };
    if (event.type === 'error' || isFields(event.error)) state.error ??= faultOf(event.error);
    switch (event.type) {
      case 'message_start':
        started = true;
        usageOf(event.message);
        break;
      case 'content_block_start':
        state.hasContent ||= blockSays(event.content_block);
        break;
      case 'content_block_delta':
        state.hasContent ||= deltaSays(event.delta);
        break;
      case 'message_delta': {
        usageOf(event);
        const reason = isFields(event.delta) ? event.delta.stop_reason : null;
        if (typeof reason === 'string' && reason !== '') state.finishReason = reason;
        break;
      }
      case 'message_stop':
        state.done = true;
    }
    state.meaningful = state.hasContent || state.finishReason !== null;
  }

  /** Looks into every event: at the start of a stream, and wherever something rare stands in the bytes. */
  function readEvents(complete: Buffer): void {
    for (const { data } of splitEvents(complete)) {
      if (data === null || data === '[DONE]') continue;
      const event = peekEventFields(data);
      if (event) note(event);
      else if (!state.meaningful) state.error ??= notJson(data);
    }
  }

  function observe(complete: Buffer): Buffer {
    state.events += Math.max(1, Math.round(complete.length / usualEvent));
    if (!state.meaningful || rare.test(complete.toString('latin1'))) readEvents(complete);
    return complete;
  }

  return {
    ...watchEvents(observe),
    fail: (error) => Buffer.from(messagesErrorEvent(error, null)),
    heartbeat: () => (started ? ping : commentHeartbeat),
    seen: state,
  };
}
