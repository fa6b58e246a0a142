// Remembers what a model thought before it called a tool, for clients whose dialect can't carry that back: several providers
// refuse the tool's result without it.
import { isDeepStrictEqual } from 'node:util';
import { isFields } from '../protocol/hub/reader.ts';
import type { Message, Part, ReasoningPart, Signature, ToolCallPart, Turn } from '../protocol/hub/turn.ts';
import type { TurnResult } from '../protocol/hub/turnResult.ts';

interface Thought {
  readonly call: ToolCallPart;
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

/** Ids of calls that are remembered; a conversation of a thousand calls is a long one. */
const capacity = 5_000;
/** Calls of one id: Kimi counts them anew in every conversation, `Read:0`, `Read:1` … */
const namesakes = 32;

function argumentsOf({ arguments: text }: ToolCallPart): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The client sends the call back as it was, but for white space, and members that its own form of it has besides. */
function isSame(made: ToolCallPart, sent: ToolCallPart): boolean {
  if (made.name !== sent.name) return false;
  const [own, back] = [argumentsOf(made), argumentsOf(sent)];
  if (!isFields(own) || !isFields(back)) return isDeepStrictEqual(own, back);
  return Object.entries(own).every(([name, value]) => isDeepStrictEqual(value, back[name]));
}

export function createReasoningMemory(): ReasoningMemory {
  /** By owner and id of the call, the newest first. */
  const thoughts = new Map<string, readonly Thought[]>();

  function keep(owner: string, thought: Thought): void {
    const key = `${owner}\0${thought.call.id}`;
    const others = (thoughts.get(key) ?? []).filter(({ call }) => !isSame(call, thought.call));
    thoughts.delete(key);
    thoughts.set(key, [thought, ...others].slice(0, namesakes));
    if (thoughts.size > capacity) thoughts.delete(thoughts.keys().next().value as string);
  }

  function find(owner: string, call: ToolCallPart): Thought | undefined {
    return thoughts.get(`${owner}\0${call.id}`)?.find((thought) => isSame(thought.call, call));
  }

  function complete(owner: string, message: Message): Message {
    const reasoning = new Set<ReasoningPart>();
    const parts = message.parts.map((part): Part => {
      const thought = part.type === 'toolCall' ? find(owner, part) : undefined;
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
        if (reasoning.length > 0 || signature) keep(owner, { call: part, reasoning, signature });
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
