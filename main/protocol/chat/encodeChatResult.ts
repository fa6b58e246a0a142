// The hub's whole answer -> a chat completion.
import type { AnswerContext } from '../dialect.ts';
import { guessUsage } from '../hub/guessUsage.ts';
import type { Part, ToolCallPart } from '../hub/turn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import { writeAnnotation } from './chatAnnotations.ts';
import { writeChatFinish } from './chatFinish.ts';
import { writeImage } from './chatImages.ts';
import { writeChatUsage } from './chatUsage.ts';
import type { ChatExtraContent } from './chatWire.ts';
import { asksWithFunctions } from './legacyFunctions.ts';

export const completionId = (requestId: string): string => `chatcmpl-${requestId.replace(/^req_/, '')}`;

/** The proof of a call, for a client that sends it back; other makers' proofs have no place in chat. */
export function extraContent(signature: ToolCallPart['signature'] | null): ChatExtraContent {
  if (signature?.family !== 'gemini') return {};
  return { extra_content: { google: { thought_signature: signature.value } } };
}

function encodeCall(call: ToolCallPart) {
  const { id, name, kind } = call;
  if (kind === 'custom') return { id, type: kind, custom: { name, input: call.arguments } };
  return { id, type: kind, function: { name, arguments: call.arguments }, ...extraContent(call.signature) };
}

function textsOf(parts: readonly Part[], type: 'text' | 'reasoning' | 'refusal'): string[] {
  return parts.flatMap((part) => (part.type === type && part.text !== '' ? [part.text] : []));
}

/** Where a citation does not say which words it belongs to, it stands behind those of its part. */
function annotationsOf(parts: readonly Part[]) {
  let behind = 0;
  return parts.flatMap((part) => {
    if (part.type !== 'text') return [];
    behind += part.text.length;
    return (part.citations ?? []).map((citation) => writeAnnotation(citation, behind));
  });
}

function messageOf(parts: readonly Part[], legacy: boolean) {
  const calls = parts.filter((part) => part.type === 'toolCall');
  const [firstCall] = calls;
  const text = textsOf(parts, 'text').join('');
  const thoughts = textsOf(parts, 'reasoning').join('\n\n');
  const refusal = textsOf(parts, 'refusal').join('');
  const images = parts
    .flatMap((part) => (part.type === 'media' ? [writeImage(part)] : []))
    .filter((image) => image !== null);
  const annotations = annotationsOf(parts).filter((annotation) => annotation !== null);
  return {
    role: 'assistant' as const,
    // Null only beside calls: many clients take its length.
    content: text === '' && calls.length > 0 ? null : text,
    refusal: refusal === '' ? null : refusal,
    ...(thoughts === '' ? {} : { reasoning_content: thoughts }),
    ...(images.length === 0 ? {} : { images }),
    ...(annotations.length === 0 ? {} : { annotations }),
    ...(firstCall && legacy
      ? { function_call: { name: firstCall.name, arguments: firstCall.arguments } }
      : {}),
    ...(firstCall && !legacy ? { tool_calls: calls.map(encodeCall) } : {}),
  };
}

function writtenLength(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => {
    if (part.type === 'toolCall') return sum + part.name.length + part.arguments.length;
    return 'text' in part ? sum + part.text.length : sum;
  }, 0);
}

export function encodeChatResult(result: TurnResult, context: AnswerContext) {
  const { parts, finish } = result;
  const legacy = asksWithFunctions(context.body);
  const called = parts.some(({ type }) => type === 'toolCall');
  return {
    id: completionId(context.requestId),
    object: 'chat.completion' as const,
    created: context.created,
    model: context.model,
    choices: [
      {
        index: 0,
        message: messageOf(parts, legacy),
        logprobs: null,
        finish_reason: writeChatFinish(finish, called, legacy),
      },
    ],
    usage: writeChatUsage(result.usage ?? guessUsage(context.inputTokens, writtenLength(parts))),
  };
}
