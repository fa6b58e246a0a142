// Which of OpenAI's two conversations an endpoint is asked in.
import type { DialectName } from '../protocol/dialect.ts';
import type { Operation } from '../protocol/operation.ts';

/** Models that answer through the Responses API alone. */
const responsesOnly =
  /^(?:o\d+-pro|gpt-5(?:\.\d+)?-pro|gpt-5(?:\.\d+)?-codex|codex-|computer-use-|o\d+(?:-mini)?-deep-research)/i;

/** `chat` and `responses`: all are put that way; `both`: as the client spoke, others in chat. */
export type OpenaiApi = 'chat' | 'responses' | 'both';

/** The option `api` where it says one of these, else what is known of the host. */
export function openaiApi(option: unknown, known: 'chat' | 'both'): OpenaiApi {
  return option === 'chat' || option === 'responses' || option === 'both' ? option : known;
}

export function openaiDialect(
  dialect: DialectName,
  api: OpenaiApi,
  upstreamModel: string,
  answer: Operation['answer'],
): DialectName {
  // Vectors are asked for in one way only, whatever conversations are.
  if (answer === 'embeddings') return 'chat';
  if (api !== 'both') return api;
  return dialect === 'responses' || responsesOnly.test(upstreamModel) ? 'responses' : 'chat';
}
