// Remembers what a model thought before it called a tool, for clients whose dialect can't carry that back: several providers
// refuse the tool's result without it.
import type { Message, Part, ReasoningPart, Signature, Turn } from '../protocol/hub/turn.ts';
import type { TurnResult } from '../protocol/hub/turnResult.ts';

interface Thought {
  /** What stands before all of the answer's calls. */
  readonly reasoning: readonly ReasoningPart[];
  readonly signature: Signature | null;
}

export interface ReasoningMemory {
  /** Keeps what the answer's tool calls rest on. `owner` is the client key's id: nobody is told another's thoughts. */
  remember(owner: string, result: TurnResult): void;
  /** The turn with what its assistant messages lack. */
  recall(owner: string, turn: Turn): Turn;
}

/** Calls that are remembered; a conversation of a thousand calls is a long one. */
const capacity = 5_000;

export function createReasoningMemory(): ReasoningMemory {
  const thoughts = new Map<string, Thought>();

  function keep(key: string, thought: Thought): void {
    thoughts.delete(key);
    thoughts.set(key, thought);
    if (thoughts.size > capacity) thoughts.delete(thoughts.keys().next().value as string);
  }

  function complete(owner: string, message: Message): Message {
    const reasoning = new Set<ReasoningPart>();
    const parts = message.parts.map((part): Part => {
      const thought = part.type === 'toolCall' ? thoughts.get(`${owner}\0${part.id}`) : undefined;
      if (part.type !== 'toolCall' || !thought) return part;
      for (const remembered of thought.reasoning) reasoning.add(remembered);
      const { signature } = thought;
      return part.signature || !signature ? part : { ...part, signature };
    });
    const proven = parts.some((part) => part.type === 'reasoning' && part.signature);
    if (reasoning.size === 0 || proven) return { ...message, parts };
    // Thoughts without proof are the same ones, as far as the client's dialect could carry them.
    return { ...message, parts: [...reasoning, ...parts.filter(({ type }) => type !== 'reasoning')] };
  }

  return {
    remember(owner, { parts }) {
      const reasoning = parts.filter((part) => part.type === 'reasoning');
      for (const part of parts) {
        if (part.type !== 'toolCall') continue;
        const signature = part.signature ?? null;
        if (reasoning.length > 0 || signature) keep(`${owner}\0${part.id}`, { reasoning, signature });
      }
    },
    recall(owner, turn) {
      if (thoughts.size === 0) return turn;
      const messages = turn.messages.map((message) =>
        message.role === 'assistant' ? complete(owner, message) : message,
      );
      return { ...turn, messages };
    },
  };
}
