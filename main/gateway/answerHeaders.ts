import { type AnswerOrigin, nobody, nobodyAsked } from '../base/answerOrigin.ts';

/** Header values are ASCII; model names need not be. */
export const headerSafe = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text);

/** The headers that every answer of the gateway carries (CONTRACT section 5). */
export function answerHeaders(
  requestId: string,
  { endpointId, accountId, upstreamModel, attempts }: AnswerOrigin = nobodyAsked,
): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-sluice-attempts': String(attempts),
    'x-sluice-endpoint': endpointId ?? nobody,
    'x-sluice-account': accountId ?? nobody,
    'x-sluice-model': upstreamModel === null ? nobody : headerSafe(upstreamModel),
  };
}
