import { createReasoningMemory, type ReasoningMemory } from './reasoningMemory.ts';
import { createResponseMemory, type ResponseMemory } from './responseMemory.ts';

/** What is kept of answers for the conversations they belong to: in this process, for a while. */
export interface Memories {
  readonly reasoning: ReasoningMemory;
  readonly responses: ResponseMemory;
}

export function createMemories(): Memories {
  return { reasoning: createReasoningMemory(), responses: createResponseMemory() };
}
