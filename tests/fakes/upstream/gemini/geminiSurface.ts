// Which Gemini path is answered by what.
import { type Answer, jsonAnswer } from '../answer.ts';
import { isObject, type Json, objectOr, objectsIn } from '../asked.ts';
import { vectorOf } from '../embeddings.ts';
import { statusError } from '../statusError.ts';
import { textIn, tokensOf } from '../tokens.ts';
import { geminiModel } from './geminiAnswer.ts';
import { textOf } from './readGemini.ts';

export function geminiModels(models: readonly string[], id: string | undefined): Answer {
  if (id === undefined) return jsonAnswer({ models: models.map(geminiModel) });
  if (models.includes(id)) return jsonAnswer(geminiModel(id));
  const message = `models/${id} is not found for API version v1beta, or is not supported for generateContent.`;
  return statusError('gemini', 404, { message });
}

/** Takes `contents`, or a whole request in `generateContentRequest`. */
export function geminiTokenCount(json: Json): Answer {
  const whole = isObject(json.generateContentRequest) ? json.generateContentRequest : json;
  const totalTokens = tokensOf(textIn([whole.systemInstruction, whole.contents, whole.tools])).length;
  return jsonAnswer({ totalTokens, promptTokensDetails: [{ modality: 'TEXT', tokenCount: totalTokens }] });
}

const vectorFor = (request: Json) => ({ values: vectorOf(textOf(request.content)) });

export function geminiEmbedding(json: Json): Answer {
  return jsonAnswer({ embedding: vectorFor(objectOr(json)) });
}

export function geminiEmbeddings(json: Json): Answer {
  return jsonAnswer({ embeddings: objectsIn(json.requests).map(vectorFor) });
}
