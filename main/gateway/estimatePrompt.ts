import { guessTokens } from '../metering/guessTokens.ts';
import type { ClientRequest } from './clientRequest.ts';

/** Bodies beyond some hundred kilobytes are mostly images and files, which are few tokens for their size. */
const largestGuess = 32_000;

/** Tokens of the prompt, by its size alone: for limits that are taken before anyone has counted. */
export function estimatePrompt(request: ClientRequest): number {
  return Math.min(guessTokens(request.payload.envelope.body.length), largestGuess);
}
