// Reads what Gemini answers, chunk by chunk; a whole answer is one chunk. Nothing unknown in it throws.
import { type Fields, isFields } from '../hub/reader.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import type { FinishReason, Usage } from '../hub/turnResult.ts';
import { readCitations } from './geminiCitations.ts';
import { readCode } from './geminiCode.ts';
import { camelFields, listOf, membersOf, textOf } from './geminiFields.ts';
import { readBlockReason, readFinishReason } from './geminiFinish.ts';
import { readMedia } from './geminiMedia.ts';
import { readSignature } from './geminiSignature.ts';
import { readGeminiUsage } from './geminiUsage.ts';
import { createPartialArguments, type PartialArguments } from './partialArguments.ts';

const members = ['candidates', 'promptFeedback', 'usageMetadata', 'responseId', 'modelVersion', 'error'];

/** The value where it is a response of Gemini's, or an error; else null. */
export function asGeminiChunk(value: unknown): Fields | null {
  if (!isFields(value)) return null;
  const chunk = camelFields(value);
  return members.some((name) => name in chunk) ? chunk : null;
}

export interface GeminiChunkReader {
  read(chunk: Fields): TurnEvent[];
  /** Nothing more comes: what was held back until all was seen. Without a finish reason there is no `finish` and no `end`. */
  end(): TurnEvent[];
}

const sameUsage = (a: Usage | null, b: Usage): boolean =>
  a?.inputTokens === b.inputTokens &&
  a.cachedTokens === b.cachedTokens &&
  a.outputTokens === b.outputTokens &&
  a.reasoningTokens === b.reasoningTokens;

function errorEvent(error: unknown): TurnEvent {
  const { message, status, code } = membersOf(error);
  const named = textOf(status) || (typeof code === 'number' ? String(code) : '');
  return {
    type: 'error',
    message: textOf(message) || textOf(error) || JSON.stringify(error),
    code: named || null,
  };
}

/** `requestId` makes ids for calls that come without one. */
export function createGeminiChunkReader(requestId: string): GeminiChunkReader {
  let started = false;
  let failed = false;
  let reasoning = false;
  let calls = 0;
  let text = '';
  let usage: Usage | null = null;
  let finish: FinishReason | null = null;
  let open: { index: number; pieces: PartialArguments } | null = null;
  const cited = new Set<string>();

  function closeReasoning(): TurnEvent[] {
    if (!reasoning) return [];
    reasoning = false;
    return [{ type: 'reasoningEnd', signature: null, redacted: false, id: null }];
  }

  function closeCall(): TurnEvent[] {
    if (!open) return [];
    const { index, pieces } = open;
    open = null;
    return [{ type: 'toolArguments', index, text: pieces.text() }];
  }

  function readThought(part: Fields): TurnEvent[] {
    const said = textOf(part.text);
    const carried = readSignature(part.thoughtSignature);
    const events: TurnEvent[] = said === '' ? [] : [{ type: 'reasoning', text: said }];
    reasoning ||= said !== '';
    if (!carried) return events;
    reasoning = false;
    const { signature, redacted, id } = carried;
    return [...events, { type: 'reasoningEnd', signature, redacted, id }];
  }

  function readCall(part: Fields, call: Fields): TurnEvent[] {
    const name = textOf(call.name);
    const pieces = listOf(call.partialArgs);
    if (name === '') {
      for (const piece of pieces) open?.pieces.add(piece);
      return call.willContinue === true || pieces.length > 0 ? [] : closeCall();
    }
    const before = closeCall();
    const index = calls;
    calls += 1;
    const id = textOf(call.id) || `call_${requestId.replace(/^req_/, '')}_${index}`;
    const signature = readSignature(part.thoughtSignature)?.signature ?? null;
    const begun: TurnEvent = { type: 'toolCall', index, kind: 'function', id, name, signature };
    if (call.willContinue === true || pieces.length > 0) {
      open = { index, pieces: createPartialArguments() };
      for (const piece of pieces) open.pieces.add(piece);
      return [...before, begun];
    }
    const args = JSON.stringify(isFields(call.args) ? call.args : {});
    return [...before, begun, { type: 'toolArguments', index, text: args }];
  }

  function readText(part: Fields): TurnEvent[] {
    const said = textOf(part.text) || readCode(part) || '';
    const carried = readSignature(part.thoughtSignature);
    text += said;
    return [
      ...(said === '' ? [] : [{ type: 'text', text: said } as const]),
      ...(carried ? [{ type: 'textSignature', signature: carried.signature } as const] : []),
    ];
  }

  function readPart(value: unknown): TurnEvent[] {
    const part = camelFields(membersOf(value));
    if (part.thought === true) return readThought(part);
    const before = closeReasoning();
    if (isFields(part.functionCall)) return [...before, ...readCall(part, camelFields(part.functionCall))];
    const media = readMedia(part);
    return [...before, ...(media ? [{ type: 'media', part: media } as const] : readText(part))];
  }

  function readEnding(candidate: Fields): TurnEvent[] {
    const ending = readFinishReason(candidate.finishReason);
    if (ending?.kind === 'finish') finish = ending.reason;
    if (ending?.kind !== 'error') return [];
    failed = true;
    const why = textOf(candidate.finishMessage);
    const message = `Gemini stopped with ${ending.code}${why === '' ? '' : `: ${why}`}`;
    return [{ type: 'error', message, code: ending.code }];
  }

  function readCandidate(candidate: Fields): TurnEvent[] {
    const parts = listOf(membersOf(candidate.content).parts).flatMap(readPart);
    const citations = readCitations(candidate, text).filter(({ url, title, start, end }) => {
      const key = `${url}\n${title}\n${start}\n${end}`;
      return !cited.has(key) && cited.add(key);
    });
    const told = citations.map((citation): TurnEvent => ({ type: 'citation', citation }));
    return [...parts, ...told];
  }

  return {
    read(chunk) {
      if (failed) return [];
      const events: TurnEvent[] = [];
      if (!started) {
        started = true;
        events.push({
          type: 'start',
          id: textOf(chunk.responseId) || null,
          model: textOf(chunk.modelVersion) || null,
        });
      }
      if (chunk.error) {
        failed = true;
        return [...events, errorEvent(chunk.error)];
      }
      const candidate = listOf(chunk.candidates)
        .map(membersOf)
        .find(({ index }) => (index ?? 0) === 0);
      if (candidate) events.push(...readCandidate(candidate));
      const counted = readGeminiUsage(chunk.usageMetadata);
      if (counted && !sameUsage(usage, counted)) {
        usage = counted;
        events.push({ type: 'usage', usage: counted });
      }
      if (candidate) events.push(...readEnding(candidate));
      else if (readBlockReason(chunk.promptFeedback) !== null) finish ??= 'contentFilter';
      return events;
    },
    end() {
      if (failed) return [];
      const events = [...closeReasoning(), ...closeCall()];
      if (finish === null) return events;
      // Old models say STOP in every chunk, so what it means is known only now.
      const reason = finish === 'stop' && calls > 0 ? 'toolCalls' : finish;
      return [...events, { type: 'finish', reason, stopSequence: null }, { type: 'end' }];
    },
  };
}
