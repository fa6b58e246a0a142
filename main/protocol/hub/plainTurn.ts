import { chatNames } from './clientNames.ts';
import type { Sampling, Turn } from './turn.ts';

/** Nothing asked of how the model chooses its words. */
export const plainSampling: Sampling = {
  temperature: null,
  topP: null,
  topK: null,
  presencePenalty: null,
  frequencyPenalty: null,
  seed: null,
  logprobs: null,
  topLogprobs: null,
  logitBias: null,
  candidates: null,
};

/** A turn that asks for nothing but what is given. */
export function plainTurn(given: Pick<Turn, 'model' | 'messages'> & Partial<Turn>): Turn {
  return {
    stream: false,
    tools: [],
    toolChoice: null,
    parallelToolCalls: null,
    output: null,
    reasoning: null,
    sampling: plainSampling,
    maxTokens: null,
    stop: [],
    user: null,
    cacheKey: null,
    verbosity: null,
    serviceTier: null,
    dropped: [],
    clientNames: chatNames,
    ...given,
  };
}
