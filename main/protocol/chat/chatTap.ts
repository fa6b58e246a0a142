// Watches an OpenAI chat stream go by: has it begun, has it ended well, what did it use. It changes nothing but to withhold
// the usage chunk from a client that did not ask for it.
import { splitEvents } from '../../base/sseFramer.ts';
import { commentHeartbeat } from '../heartbeat.ts';
import { notJson } from '../hub/parseEvent.ts';
import { nothingSeen, type StreamTap } from '../streamTap.ts';
import { watchEvents } from '../watchEvents.ts';
import { chatErrorEvent, chatErrorMessage } from './chatError.ts';

interface Delta {
  content?: unknown;
  reasoning_content?: unknown;
  reasoning?: unknown;
  refusal?: unknown;
  tool_calls?: unknown;
  function_call?: unknown;
  audio?: unknown;
}

interface Chunk {
  choices?: { delta?: Delta | null; text?: unknown; finish_reason?: unknown }[] | null;
  usage?: unknown;
  error?: unknown;
}

const isSomething = (value: unknown): boolean =>
  (typeof value === 'string' && value.length > 0) || (typeof value === 'object' && value !== null);

function parse(data: string): Chunk | null {
  try {
    const value = JSON.parse(data) as unknown;
    return typeof value === 'object' && value !== null ? (value as Chunk) : null;
  } catch {
    return null;
  }
}

/**
 * What is worth a look in events that go by: usage, an error, the end, a reason to stop. In a string these names would carry
 * escaped quotes, so a hit is a real member. One pass over all costs a quarter of four searches in a Buffer.
 */
const rare = /"usage"[ :]*\{|"error"|\[DONE\]|"finish_reason"[ :]*"[^"]/;

/** `hideUsage`: the client did not ask for the usage chunk, so it is kept back. */
export function createChatTap(options: { hideUsage: boolean }): StreamTap {
  const state = nothingSeen();

  function note(chunk: Chunk): void {
    if (chunk.error) state.error = chatErrorMessage(chunk.error);
    if (typeof chunk.usage === 'object' && chunk.usage !== null) state.usage = chunk.usage;
    for (const choice of chunk.choices ?? []) {
      const delta = choice.delta ?? {};
      const said = [delta.content, delta.reasoning_content, delta.reasoning, delta.refusal, choice.text].some(
        isSomething,
      );
      const called = [delta.tool_calls, delta.function_call, delta.audio].some(isSomething);
      if (said || called) state.hasContent = true;
      if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '')
        state.finishReason = choice.finish_reason;
    }
    state.meaningful = state.hasContent || state.finishReason !== null;
  }

  /** Looks into every event: at the start of a stream, and wherever something rare stands in the bytes. */
  function readEvents(complete: Buffer): Buffer | null {
    const kept: Buffer[] = [];
    let withheld = false;
    for (const event of splitEvents(complete)) {
      const { data } = event;
      const chunk = data === null || data === '[DONE]' ? null : parse(data);
      if (data === '[DONE]') state.done = true;
      else if (chunk) note(chunk);
      else if (data !== null && !state.meaningful) state.error ??= notJson(data);
      const onlyUsage = chunk !== null && isSomething(chunk.usage) && chunk.choices?.length === 0;
      if (onlyUsage && options.hideUsage) withheld = true;
      else kept.push(event.bytes);
    }
    if (!withheld) return complete;
    return kept.length > 0 ? Buffer.concat(kept) : null;
  }

  function observe(complete: Buffer): Buffer | null {
    state.events += Math.max(1, Math.round(complete.length / 260));
    return state.meaningful && !rare.test(complete.toString('latin1')) ? complete : readEvents(complete);
  }

  return {
    ...watchEvents(observe),
    fail: (error) => Buffer.from(chatErrorEvent(error)),
    heartbeat: () => commentHeartbeat,
    seen: state,
  };
}
