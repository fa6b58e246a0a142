// Watches a stream of /v1/responses go by: has it begun, has it ended well, what did it use. It changes nothing.
import { splitEvents } from '../../base/sseFramer.ts';
import { commentHeartbeat } from '../heartbeat.ts';
import { notJson, peekEventFields } from '../hub/parseEvent.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { FinishReason } from '../hub/turnResult.ts';
import { nothingSeen, type StreamTap } from '../streamTap.ts';
import { watchEvents } from '../watchEvents.ts';
import { readFinish } from './decodeResponsesResult.ts';
import { failureOf, responseObject } from './responseObject.ts';
import { responsesEvent } from './responsesEvent.ts';
import { responsesErrorMessage } from './responsesFault.ts';

const finishWords: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  toolCalls: 'tool_calls',
  contentFilter: 'content_filter',
};

/** In a string these would carry escaped quotes, so a hit is a real member; a false one would only cost time. */
const rare = /"response\.(?:completed|incomplete|failed)"|"error"/;
const NUMBER = Buffer.from('"sequence_number"');

const isCall = (item: unknown): boolean =>
  isFields(item) && (item.type === 'function_call' || item.type === 'custom_tool_call');

/** An empty shell of a message or of reasoning says nothing yet; any other item is work that was begun. */
const isWork = (item: unknown): boolean =>
  isFields(item) && item.type !== 'message' && item.type !== 'reasoning';

function saysSomething(event: Fields): boolean {
  if (typeof event.delta === 'string') return event.delta !== '';
  return isWork(event.item);
}

/** The highest number among the last events that went by, or -1. */
function lastNumber(bytes: Buffer | null): number {
  if (!bytes) return -1;
  const numbers = splitEvents(bytes).map(
    ({ data }) => data !== null && peekEventFields(data)?.sequence_number,
  );
  return Math.max(-1, ...numbers.filter((value) => typeof value === 'number'));
}

export function createResponsesTap(): StreamTap {
  const state = nothingSeen();
  let response: Fields | null = null;
  /** The upstream said itself that it failed, or was done: nothing may follow. */
  let closed = false;
  /** The last bytes that held a number: read only if the stream breaks. */
  let numbered: Buffer | null = null;

  function end(ended: Fields): void {
    const output = Array.isArray(ended.output) ? (ended.output as unknown[]) : [];
    if (isFields(ended.usage)) state.usage = ended.usage;
    if (output.length > 0) state.hasContent = true;
    state.finishReason = finishWords[readFinish(ended, output.some(isCall))];
    state.done = true;
    closed = true;
  }

  function note(event: Fields): void {
    const { type } = event;
    if (isFields(event.response)) response = event.response;
    if (saysSomething(event)) state.hasContent = true;
    if (type === 'response.failed' || type === 'error' || (type === undefined && event.error)) {
      const told = type === 'response.failed' ? response?.error : event.error;
      state.error = responsesErrorMessage(told ?? event);
      closed = true;
    } else if ((type === 'response.completed' || type === 'response.incomplete') && isFields(event.response))
      end(event.response);
    state.meaningful = state.hasContent || state.finishReason !== null;
  }

  function observe(complete: Buffer): Buffer {
    state.events += Math.max(1, Math.round(complete.length / 260));
    if (complete.lastIndexOf(NUMBER) >= 0) numbered = complete;
    if (state.meaningful && !rare.test(complete.toString('latin1'))) return complete;
    for (const { data } of splitEvents(complete)) {
      if (data === null || data === '[DONE]') continue;
      const event = peekEventFields(data);
      if (event) note(event);
      else if (!state.meaningful) state.error ??= notJson(data);
    }
    return complete;
  }

  return {
    ...watchEvents(observe),
    fail(error) {
      if (closed) return Buffer.alloc(0);
      const unknown = { requestId: 'unknown', model: '', created: 0, body: {} };
      const failed = {
        ...(response ?? responseObject(unknown, { status: 'in_progress' }, [])),
        status: 'failed',
        error: failureOf(error),
      };
      return Buffer.from(responsesEvent('response.failed', lastNumber(numbered) + 1, { response: failed }));
    },
    heartbeat: () => commentHeartbeat,
    seen: state,
  };
}
