// Watches a Gemini stream go by: has it begun, has it finished, what did it use. It changes nothing.
import { splitEvents } from '../../base/sseFramer.ts';
import { commentHeartbeat } from '../heartbeat.ts';
import { notJson, peekEventFields } from '../hub/parseEvent.ts';
import type { Fields } from '../hub/reader.ts';
import { nothingSeen, type StreamFacts, type StreamTap } from '../streamTap.ts';
import { watchEvents } from '../watchEvents.ts';
import { geminiErrorEvent } from './geminiError.ts';
import { listOf, membersOf, textOf } from './geminiFields.ts';
import { readBlockReason } from './geminiFinish.ts';

/** In a string these names would carry escaped quotes, so a hit is a real member. */
const rare = /"finishReason"|"promptFeedback"|"error"/;
const USAGE = Buffer.from('"usageMetadata"');

/** An event holds several tokens and some 300 bytes of counts and ids besides. */
const bytesPerToken = 120;

/** Text, a thought, a call, media: anything but an empty text. */
export function saysSomething(value: unknown): boolean {
  const part = membersOf(value);
  return Object.entries(part).some(
    ([name, said]) => name !== 'thought' && name !== 'thoughtSignature' && said !== '' && said !== null,
  );
}

function errorMessage(error: unknown): string {
  return textOf(error) || textOf(membersOf(error).message) || JSON.stringify(error);
}

export function createGeminiTap(): StreamTap {
  /** The last event that told the usage: most are never asked for, so it is read when it is. */
  let counted: Buffer | null = null;
  const state: StreamFacts = {
    // `done` stays false: the end of the body is the only terminal sign there is.
    ...nothingSeen(),
    get usage() {
      if (!counted) return null;
      const told = splitEvents(counted).findLast(({ data }) => data?.includes('"usageMetadata"'));
      return peekEventFields(told?.data ?? '')?.usageMetadata ?? null;
    },
  };

  function note(chunk: Fields): void {
    if (chunk.error) state.error = errorMessage(chunk.error);
    for (const value of listOf(chunk.candidates)) {
      const candidate = membersOf(value);
      if (listOf(membersOf(candidate.content).parts).some(saysSomething)) state.hasContent = true;
      const reason = textOf(candidate.finishReason);
      if (reason !== '' && reason !== 'FINISH_REASON_UNSPECIFIED') state.finishReason = reason;
    }
    state.finishReason ??= readBlockReason(chunk.promptFeedback);
    state.meaningful = state.hasContent || state.finishReason !== null;
  }

  function readEvents(complete: Buffer): void {
    for (const { data } of splitEvents(complete)) {
      if (data === null) continue;
      const chunk = peekEventFields(data);
      if (chunk) note(chunk);
      else if (!state.meaningful) state.error ??= notJson(data);
    }
  }

  function observe(complete: Buffer): Buffer {
    state.events += Math.max(1, Math.round(complete.length / bytesPerToken));
    if (complete.includes(USAGE)) counted = complete;
    if (!state.meaningful || rare.test(complete.toString('latin1'))) readEvents(complete);
    return complete;
  }

  /** An event that was torn off would be an error of its own in Google's SDK, in place of the one that says why. */
  function isWhole(rest: Buffer): boolean {
    const data = splitEvents(rest).at(-1)?.data ?? '';
    return peekEventFields(data) !== null;
  }

  return {
    ...watchEvents(observe, isWhole),
    fail: (error) => Buffer.from(geminiErrorEvent(error)),
    heartbeat: () => commentHeartbeat,
    seen: state,
  };
}
