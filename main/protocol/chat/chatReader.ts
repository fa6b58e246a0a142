// Reads completions and their chunks, which differ by one word: what a chunk calls delta, a completion calls message.
import { type Fields, isFields } from '../hub/reader.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { readAnnotations } from './chatAnnotations.ts';
import { createChatCallReader } from './chatCallReader.ts';
import { findChatFault } from './chatFault.ts';
import { readChatFinish } from './chatFinish.ts';
import { readImage, readImages } from './chatImages.ts';
import { readChatUsage } from './chatUsage.ts';
import { thinkingText } from './decodeChatParts.ts';
import { createThinkTags, type ThinkTags } from './thinkTags.ts';

export interface ChatReader {
  /** What one chunk, or a whole completion, tells. After an error nothing more is told. */
  read(chunk: Fields): TurnEvent[];
  /** Nothing more comes: closes the reasoning, and tells the finish if one was seen. To be called once. */
  close(): TurnEvent[];
  readonly finished: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const textOf = (value: unknown): string => (isText(value) ? value : '');

/** One answer is read, the first; servers leave out its index. */
function firstChoice(chunk: Fields): Fields | null {
  const choices = Array.isArray(chunk.choices) ? (chunk.choices as unknown[]) : [];
  return choices.filter(isFields).find(({ index }) => !index) ?? null;
}

function readReasoning(delta: Fields): string {
  const plain = [delta.reasoning_content, delta.reasoning].find(isText);
  if (plain !== undefined) return plain;
  const details = Array.isArray(delta.reasoning_details) ? (delta.reasoning_details as unknown[]) : [];
  return details
    .map((detail) => (isFields(detail) ? textOf(detail.text) || textOf(detail.summary) : ''))
    .join('');
}

function readContent(content: unknown, tags: ThinkTags): TurnEvent[] {
  if (isText(content)) return tags.push(content);
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown): TurnEvent[] => {
    if (isText(part)) return [{ type: 'text', text: part }];
    if (!isFields(part)) return [];
    const thought = part.type === 'thinking' ? thinkingText(part) : '';
    if (thought !== '') return [{ type: 'reasoning', text: thought }];
    if (isText(part.text)) return [{ type: 'text', text: part.text }];
    if (isText(part.refusal)) return [{ type: 'refusal', text: part.refusal }];
    const image = readImage(part);
    return image ? [{ type: 'media', part: image }] : [];
  });
}

/** `requestId` makes ids for calls that have none. */
export function createChatReader(requestId: string): ChatReader {
  const calls = createChatCallReader(requestId);
  const tags = createThinkTags();
  let started = false;
  let thinking = false;
  let failed = false;
  let finishReason: string | null = null;
  let lastUsage = '';

  function readDelta(delta: Fields): TurnEvent[] {
    const reasoning = readReasoning(delta);
    const thoughts: TurnEvent[] =
      reasoning === '' ? [] : [...tags.flush(), { type: 'reasoning', text: reasoning }];
    const events = [...thoughts, ...readContent(delta.content, tags)];
    const others: TurnEvent[] = [
      ...readAnnotations(delta.annotations).map((citation) => ({ type: 'citation', citation }) as const),
      ...readImages(delta.images).map((part) => ({ type: 'media', part }) as const),
      ...(isText(delta.refusal) ? [{ type: 'refusal', text: delta.refusal } as const] : []),
      ...calls.read(delta.tool_calls),
      ...calls.readLegacy(delta.function_call),
    ];
    return others.length > 0 ? [...events, ...tags.flush(), ...others] : events;
  }

  /** Puts the end of the reasoning before what follows it. */
  function closeReasoning(events: readonly TurnEvent[]): TurnEvent[] {
    return events.flatMap((event) => {
      const ends = thinking && event.type !== 'reasoning';
      thinking = event.type === 'reasoning';
      return ends ? [reasoningEnd, event] : [event];
    });
  }

  /** Moonshot tells the usage in the choice, Groq in a member of its own; many repeat it in every chunk. */
  function readUsage(chunk: Fields, choice: Fields | null): TurnEvent[] {
    const own = isFields(chunk.x_groq) ? chunk.x_groq.usage : null;
    const usage = readChatUsage(chunk.usage) ?? readChatUsage(choice?.usage) ?? readChatUsage(own);
    const text = usage ? JSON.stringify(usage) : lastUsage;
    if (!usage || text === lastUsage) return [];
    lastUsage = text;
    return [{ type: 'usage', usage }];
  }

  return {
    read(chunk) {
      if (failed) return [];
      const choice = firstChoice(chunk);
      const fault = findChatFault(chunk, choice);
      if (fault) {
        failed = true;
        return [{ type: 'error', ...fault }];
      }
      const events: TurnEvent[] = [];
      if (!started)
        events.push({ type: 'start', id: textOf(chunk.id) || null, model: textOf(chunk.model) || null });
      started = true;
      const delta = choice?.delta ?? choice?.message;
      if (isFields(delta)) events.push(...closeReasoning(readDelta(delta)));
      if (isText(choice?.finish_reason)) finishReason = choice.finish_reason;
      events.push(...readUsage(chunk, choice));
      return events;
    },
    close() {
      if (failed) return [];
      const events = closeReasoning(tags.flush());
      if (thinking) events.push(reasoningEnd);
      if (finishReason === null) return events;
      const reason = readChatFinish(finishReason, calls.count > 0);
      return [...events, { type: 'finish', reason, stopSequence: null }];
    },
    get finished() {
      return finishReason !== null && !failed;
    },
  };
}

const reasoningEnd: TurnEvent = { type: 'reasoningEnd', signature: null, redacted: false, id: null };
