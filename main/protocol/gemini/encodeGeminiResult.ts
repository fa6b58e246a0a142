import type { AnswerContext } from '../dialect.ts';
import { replayTurn } from '../hub/replayTurn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import type { GeminiPart } from './encodeGeminiContents.ts';
import { createGeminiAnswerWriter } from './geminiAnswerWriter.ts';

/** A signature that came on its own belongs to the part before it. */
function foldSignatures(parts: readonly GeminiPart[]): GeminiPart[] {
  const folded: GeminiPart[] = [];
  for (const part of parts) {
    const last = folded.at(-1);
    const alone = part.text === '' && 'thoughtSignature' in part;
    const fits =
      last && typeof last.text === 'string' && last.thought === part.thought && !('thoughtSignature' in last);
    if (alone && fits) folded[folded.length - 1] = { ...last, thoughtSignature: part.thoughtSignature };
    else folded.push(part);
  }
  return folded;
}

/** The whole answer as one GenerateContentResponse. */
export function encodeGeminiResult(result: TurnResult, context: AnswerContext): Record<string, unknown> {
  const writer = createGeminiAnswerWriter(context);
  const parts = replayTurn(result).flatMap((event) => writer.push(event));
  return writer.lastResponse(foldSignatures(parts));
}
