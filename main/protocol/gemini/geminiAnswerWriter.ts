// The events of an answer -> parts of Gemini's, whole function calls only: what the stream and the single answer have in common.
import type { AnswerContext } from '../dialect.ts';
import type { Citation, MediaPart, Signature } from '../hub/turn.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import type { FinishReason, Usage } from '../hub/turnResult.ts';
import { type GeminiPart, readArguments } from './encodeGeminiContents.ts';
import { writeCitations } from './geminiCitations.ts';
import { finishReasons } from './geminiFinish.ts';
import { writeMedia } from './geminiMedia.ts';
import { geminiModel } from './geminiModel.ts';
import { writeSignature } from './geminiSignature.ts';
import { writeGeminiUsage } from './geminiUsage.ts';

interface HeldCall {
  readonly id: string;
  readonly name: string;
  readonly signature: Signature | null;
  arguments: string;
}

export interface GeminiAnswerWriter {
  /** The parts that are ready with this event. */
  push(event: TurnEvent): GeminiPart[];
  /** A response with these parts. */
  response(parts: readonly GeminiPart[]): Record<string, unknown>;
  /** The last response: these parts, why it ended, what it used and what it cites. */
  lastResponse(parts: readonly GeminiPart[]): Record<string, unknown>;
}

/** Files that the upstream holds can't be handed on: their id is all there is to tell. */
function mediaPart(part: MediaPart): GeminiPart {
  return part.source.from === 'file' ? { text: part.source.id } : writeMedia(part, geminiModel(''));
}

export function createGeminiAnswerWriter(context: AnswerContext): GeminiAnswerWriter {
  const { model, requestId } = context;
  const calls = new Map<number, HeldCall>();
  const citations: Citation[] = [];
  let text = '';
  let usage: Usage | null = null;
  let finish: FinishReason = 'stop';

  /** Calls are whole when something else begins: until then pieces of any of them may come. */
  function heldCalls(): GeminiPart[] {
    const parts = [...calls.values()].map(({ id, name, signature, arguments: args }) => ({
      functionCall: { id, name, args: readArguments(args) },
      ...(signature ? { thoughtSignature: writeSignature(signature) } : {}),
    }));
    calls.clear();
    return parts;
  }

  function say(said: string): GeminiPart[] {
    text += said;
    return said === '' ? [] : [...heldCalls(), { text: said }];
  }

  const response = (parts: readonly GeminiPart[], candidate = {}, members = {}) => ({
    candidates: [{ content: { parts, role: 'model' }, ...candidate, index: 0 }],
    ...members,
    modelVersion: model,
    responseId: requestId,
  });

  return {
    push(event) {
      switch (event.type) {
        case 'text':
        case 'refusal':
          return say(event.text);
        case 'reasoning':
          return event.text === '' ? [] : [...heldCalls(), { text: event.text, thought: true }];
        case 'reasoningEnd': {
          const { signature, redacted, id } = event;
          if (!signature) return [];
          const thoughtSignature = writeSignature(signature, redacted, id);
          return [...heldCalls(), { text: '', thought: true, thoughtSignature }];
        }
        case 'textSignature':
          return [...heldCalls(), { text: '', thoughtSignature: writeSignature(event.signature) }];
        case 'toolCall': {
          const { index, id, name, signature } = event;
          calls.set(index, { id, name, signature, arguments: '' });
          return [];
        }
        case 'toolArguments': {
          const call = calls.get(event.index);
          if (call) call.arguments += event.text;
          return [];
        }
        case 'media':
          return [...heldCalls(), mediaPart(event.part)];
        case 'citation':
          citations.push(event.citation);
          return [];
        case 'usage':
          usage = event.usage;
          return [];
        case 'finish':
          finish = event.reason;
          return heldCalls();
        default:
          return [];
      }
    },
    response: (parts) => response(parts),
    lastResponse(parts) {
      const groundingMetadata = writeCitations(citations, text);
      // Clients look into `parts` of every chunk: there is always one.
      return response(
        parts.length > 0 ? parts : [{ text: '' }],
        { finishReason: finishReasons[finish], ...(groundingMetadata ? { groundingMetadata } : {}) },
        usage ? { usageMetadata: writeGeminiUsage(usage) } : {},
      );
    },
  };
}
