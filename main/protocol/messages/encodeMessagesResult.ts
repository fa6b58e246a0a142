// The hub -> Anthropic's Message.
import type { AnswerContext } from '../dialect.ts';
import type { MediaPart, Part, ToolCallPart } from '../hub/turn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import { writeCitation } from './messagesCitation.ts';
import { writeStopReason } from './messagesStop.ts';
import { guessTokens, writeMessagesUsage } from './messagesUsage.ts';
import { objectText } from './objectWriter.ts';
import { writeSignature } from './thinkingSignature.ts';
import type { Block } from './wire.ts';

/** Anthropic's own id where it is one, else made of the request's. */
export function messageId(id: string | null, { requestId }: AnswerContext): string {
  return id?.startsWith('msg_') ? id : `msg_${requestId.replace(/^req_/, '')}`;
}

/** An id for a call that has none, or one that was used before: `taken` holds those of the answer so far. */
export function callId(id: string, context: AnswerContext, taken: Set<string>): string {
  const wanted = id === '' ? `toolu_${context.requestId.replace(/^req_/, '')}` : id;
  let unique = wanted;
  for (let count = 2; taken.has(unique); count++) unique = `${wanted}_${count}`;
  taken.add(unique);
  return unique;
}

/** An answer in this protocol holds no media: a link where there is one, else a word that something was there. */
export function mediaText({ source, media, mediaType, name }: MediaPart): string {
  const what = name ?? mediaType ?? media;
  if (source.from === 'url' && /^https?:/i.test(source.url)) return `![${what}](${source.url})`;
  if (source.from === 'text') return source.text;
  return `[The answer holds a file here (${what}) that Anthropic's protocol can't carry.]`;
}

function inputOf(part: ToolCallPart): unknown {
  return part.kind === 'custom' ? { input: part.arguments } : JSON.parse(objectText(part.arguments));
}

function encodeParts(parts: readonly Part[], context: AnswerContext): Block[] {
  const blocks: Block[] = [];
  const taken = new Set<string>();
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        if (part.text === '') break;
        blocks.push({
          type: 'text',
          text: part.text,
          ...(part.citations?.length ? { citations: part.citations.map(writeCitation) } : {}),
        });
        break;
      case 'refusal':
        if (part.text !== '') blocks.push({ type: 'text', text: part.text });
        break;
      case 'media':
        blocks.push({ type: 'text', text: mediaText(part) });
        break;
      case 'reasoning': {
        const { text, signature = null, redacted, id = null } = part;
        if (redacted && signature?.family === 'anthropic')
          blocks.push({ type: 'redacted_thinking', data: signature.value });
        else if (text !== '' || signature)
          blocks.push({
            type: 'thinking',
            thinking: text,
            signature: writeSignature(signature, 'thinking', id),
          });
        break;
      }
      case 'toolCall': {
        const last = blocks.at(-1);
        const signature = writeSignature(part.signature ?? null, 'call');
        // Thinking without a proof of its own can carry the call's.
        if (signature !== '' && last?.type === 'thinking' && last.signature === '')
          blocks[blocks.length - 1] = { ...last, signature };
        else if (signature !== '') blocks.push({ type: 'thinking', thinking: '', signature });
        const id = callId(part.id, context, taken);
        blocks.push({ type: 'tool_use', id, name: part.name, input: inputOf(part) });
        break;
      }
      case 'toolResult':
    }
  }
  return blocks;
}

/** The text in which the model's output was counted where the upstream did not. */
function saidIn(parts: readonly Part[]): string {
  return parts
    .map((part) => (part.type === 'toolCall' ? part.name + part.arguments : 'text' in part ? part.text : ''))
    .join('');
}

export function encodeMessagesResult(result: TurnResult, context: AnswerContext): Record<string, unknown> {
  const { parts, finish, stopSequence, usage } = result;
  const called = parts.some(({ type }) => type === 'toolCall');
  const guess = { inputTokens: context.inputTokens, outputTokens: guessTokens(saidIn(parts)) };
  const stop_reason = writeStopReason(finish, stopSequence, called);
  return {
    id: messageId(result.id, context),
    type: 'message',
    role: 'assistant',
    model: context.model,
    content: encodeParts(parts, context),
    stop_reason,
    stop_sequence: stop_reason === 'stop_sequence' ? stopSequence : null,
    usage: writeMessagesUsage(usage, guess),
  };
}
