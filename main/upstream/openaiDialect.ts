// Which of OpenAI's two conversations an endpoint is asked in.
import { apiChoiceOf } from '../contract/readOptions.ts';
import type { DialectName } from '../protocol/dialect.ts';
import type { Operation } from '../protocol/operation.ts';
import type { CompiledEndpoint } from '../registry/snapshot.ts';

/** Models that answer through the Responses API alone. */
const responsesOnly =
  /^(?:o\d+-pro|gpt-5(?:\.\d+)?-pro|gpt-5(?:\.\d+)?-codex|codex-|computer-use-|o\d+(?:-mini)?-deep-research)/i;

/** `knowsBoth`: the endpoint is known to have the Responses API too, so that a client is served in the one it speaks. */
export function openaiDialect(
  dialect: DialectName,
  endpoint: CompiledEndpoint,
  upstreamModel: string,
  answer: Operation['answer'],
  knowsBoth: boolean,
): DialectName {
  // Vectors are asked for in one way only, whatever conversations are.
  if (answer === 'embeddings') return 'chat';
  const choice = apiChoiceOf(endpoint.options);
  if (choice !== 'auto') return choice;
  return knowsBoth && (dialect === 'responses' || responsesOnly.test(upstreamModel)) ? 'responses' : 'chat';
}
