// The hub's events -> the one chat stream that all known clients read well (clients.md section 4): the role first, one kind of
// thing in a chunk, a call's id once, the finish alone, usage only where it was asked for.
import type { AnswerContext, StreamEncoder } from '../dialect.ts';
import { commentHeartbeat } from '../heartbeat.ts';
import { guessUsage } from '../hub/guessUsage.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import type { FinishReason, Usage } from '../hub/turnResult.ts';
import { writeAnnotation } from './chatAnnotations.ts';
import { chatErrorEvent } from './chatError.ts';
import { writeChatFinish } from './chatFinish.ts';
import { writeImage } from './chatImages.ts';
import { writeChatUsage } from './chatUsage.ts';
import { completionId, extraContent } from './encodeChatResult.ts';
import { asksWithFunctions } from './legacyFunctions.ts';

type CallEvent = Extract<TurnEvent, { type: 'toolCall' }>;
type ArgumentsEvent = Extract<TurnEvent, { type: 'toolArguments' }>;

export function createChatStreamEncoder(context: AnswerContext): StreamEncoder {
  const head = {
    id: completionId(context.requestId),
    object: 'chat.completion.chunk',
    created: context.created,
    model: context.model,
  } as const;
  const legacy = asksWithFunctions(context.body);
  const kinds = new Map<number, CallEvent['kind']>();
  /** Functions that were called without a word of arguments so far. */
  const wordless = new Set<number>();
  let begun = false;
  let finished = false;
  let over = false;
  let usage: Usage | null = null;
  let textLength = 0;
  /** Characters of everything said, for a guess. */
  let written = 0;
  /** A thought has ended: the next is a paragraph of its own. */
  let thought: 'none' | 'open' | 'ended' = 'none';

  const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
  const chunk = (delta: object, finish_reason: ReturnType<typeof writeChatFinish> | null = null): string =>
    data({ ...head, choices: [{ index: 0, delta, finish_reason }] });

  function begin(): string {
    if (begun) return '';
    begun = true;
    return chunk({ role: 'assistant', content: '' });
  }

  function say(delta: object, length = 0): string {
    written += length;
    return begin() + chunk(delta);
  }

  function call(event: CallEvent): string {
    const { index, kind, id, name, signature } = event;
    kinds.set(index, kind);
    if (kind === 'function') wordless.add(index);
    const { length } = name;
    if (legacy) return index === 0 ? say({ function_call: { name, arguments: '' } }, length) : '';
    const piece =
      kind === 'custom'
        ? { index, id, type: kind, custom: { name, input: '' } }
        : { index, id, type: kind, function: { name, arguments: '' }, ...extraContent(signature) };
    return say({ tool_calls: [piece] }, length);
  }

  function callArguments({ index, text }: ArgumentsEvent): string {
    if (text === '') return '';
    wordless.delete(index);
    if (legacy) return index === 0 ? say({ function_call: { arguments: text } }, text.length) : '';
    const piece =
      kinds.get(index) === 'custom'
        ? { index, custom: { input: text } }
        : { index, function: { arguments: text } };
    return say({ tool_calls: [piece] }, text.length);
  }

  function reason(text: string): string {
    const gap = thought === 'ended' ? '\n\n' : '';
    thought = 'open';
    return say({ reasoning_content: gap + text }, text.length);
  }

  function finish(why: FinishReason): string {
    if (finished) return '';
    finished = true;
    // Clients parse the arguments as JSON, which nothing at all is not.
    const empty = [...wordless].map((index) => callArguments({ type: 'toolArguments', index, text: '{}' }));
    return begin() + empty.join('') + chunk({}, writeChatFinish(why, kinds.size > 0, legacy));
  }

  function end(): string {
    over = true;
    // Two SDKs fail on a stream without a reason to stop.
    const closing = finish('stop');
    const counted = usage ?? guessUsage(context.inputTokens, written);
    const count = context.wantsUsage ? data({ ...head, choices: [], usage: writeChatUsage(counted) }) : '';
    return `${closing}${count}data: [DONE]\n\n`;
  }

  function encode(event: TurnEvent): string {
    switch (event.type) {
      case 'start':
        return begin();
      case 'text':
        if (event.text === '') return '';
        textLength += event.text.length;
        return say({ content: event.text }, event.text.length);
      case 'reasoning':
        return event.text === '' ? '' : reason(event.text);
      case 'reasoningEnd':
        if (thought === 'open') thought = 'ended';
        return '';
      case 'refusal':
        return event.text === '' ? '' : say({ refusal: event.text }, event.text.length);
      case 'toolCall':
        return call(event);
      case 'toolArguments':
        return callArguments(event);
      case 'media': {
        const image = writeImage(event.part);
        return image ? say({ images: [{ index: 0, ...image }] }) : '';
      }
      case 'citation': {
        const annotation = writeAnnotation(event.citation, textLength);
        return annotation ? say({ annotations: [annotation] }) : '';
      }
      case 'usage':
        usage = event.usage;
        return '';
      case 'finish':
        return finish(event.reason);
      case 'end':
        return end();
      case 'error':
        over = true;
        return '';
      case 'textSignature':
        return '';
    }
  }

  return {
    push: (event) => (over ? '' : encode(event)),
    fail(error) {
      over = true;
      return chatErrorEvent(error);
    },
    heartbeat: () => commentHeartbeat.toString(),
  };
}
