// `:countTokens`, as a client asks it and as an upstream is asked.
import { type Fields, isFields, optionalFields } from '../hub/reader.ts';
import type { JsonObject } from '../hub/turn.ts';
import { camelFields } from './geminiFields.ts';

/** The body that asks how many tokens a request has: counted with its system instruction and tools, unlike bare `contents`. */
export function tokenCountBody(
  request: Readonly<Record<string, unknown>>,
  model: string,
): Record<string, unknown> {
  return {
    generateContentRequest: { ...request, model: model.startsWith('models/') ? model : `models/${model}` },
  };
}

/**
 * A client's countTokens body (bare `contents`, or a whole `generateContentRequest`) as the body of generateContent.
 * Throws GatewayError `invalid_request` where `generateContentRequest` is no object.
 */
export function decodeTokenCountBody(body: JsonObject): JsonObject {
  const fields = camelFields(body);
  const whole: Fields = optionalFields(fields, 'generateContentRequest') ?? fields;
  const { model: _, generateContentRequest: __, ...request } = whole;
  return request as JsonObject;
}

/** `totalTokens` of an upstream's answer; null where it has none. */
export function readTokenCount(answer: unknown): number | null {
  const total = isFields(answer) ? answer.totalTokens : undefined;
  return typeof total === 'number' && Number.isInteger(total) && total >= 0 ? total : null;
}
