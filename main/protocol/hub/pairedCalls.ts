// Most protocols refuse a conversation in which a call is not answered in the very next message, or an answer has no call there.
// Clients that were interrupted, that shorten their history, or that say something in between send such conversations.
import type { Message, Part, ToolCallPart, ToolResultPart, Turn } from './turn.ts';

const callsOf = ({ role, parts }: Message): ToolCallPart[] =>
  role === 'assistant' ? parts.filter((part) => part.type === 'toolCall') : [];

const unanswered = ({ id, name, kind }: ToolCallPart): ToolResultPart => ({
  type: 'toolResult',
  callId: id,
  name,
  kind,
  parts: [{ type: 'text', text: 'This call was not answered.' }],
  isError: true,
});

/** A result whose call is gone from the history is still something the user showed. */
const asText = ({ parts }: ToolResultPart): Part[] => [
  { type: 'text', text: 'Result of an earlier tool call:' },
  ...parts,
];

/** The turn with each call answered right behind the answer that made it; the very same where it is so already. */
export function pairedCalls(turn: Turn): { turn: Turn; repairs: readonly string[] } {
  const { messages } = turn;
  const repairs = new Set<string>();
  const placed = new Set<ToolResultPart>();
  let changed = false;

  /** The first result of the call behind `from`, before another call has its id. */
  function find({ id }: ToolCallPart, from: number): ToolResultPart | null {
    for (const message of messages.slice(from)) {
      if (callsOf(message).some((call) => call.id === id)) return null;
      for (const part of message.parts)
        if (part.type === 'toolResult' && part.callId === id && !placed.has(part)) return part;
    }
    return null;
  }

  function answer(call: ToolCallPart, from: number): ToolResultPart {
    const found = find(call, from);
    if (!found) repairs.add('answered tool calls that had no result');
    const result = found ?? unanswered(call);
    placed.add(result);
    return result;
  }

  const paired: Message[] = [];
  let waiting: ToolCallPart[] = [];
  function settle(at: number): void {
    if (waiting.length === 0) return;
    const results = waiting.map((call) => answer(call, at));
    const behind = messages.slice(at);
    const end = behind.findIndex(({ role }) => role !== 'user');
    const heard = (end < 0 ? behind : behind.slice(0, end)).flatMap(({ parts }) => parts);
    if (results.some((result) => !heard.includes(result))) changed = true;
    // What stands there already stays in the order in which the client sent it.
    else results.sort((a, b) => heard.indexOf(a) - heard.indexOf(b));
    paired.push({ role: 'user', parts: results });
    waiting = [];
  }

  for (const [at, message] of messages.entries()) {
    if (message.role === 'assistant') {
      paired.push(message);
      waiting.push(...callsOf(message));
      continue;
    }
    settle(at);
    const parts = message.parts.flatMap((part) => {
      if (part.type !== 'toolResult') return [part];
      if (placed.has(part)) return [];
      repairs.add('told results without a call as text');
      return asText(part);
    });
    if (parts.length > 0 || message.parts.length === 0) paired.push({ ...message, parts });
  }
  settle(messages.length);
  if (!changed && repairs.size === 0) return { turn, repairs: [] };
  if (repairs.size === 0) repairs.add('put tool results behind their calls');
  return { turn: { ...turn, messages: paired }, repairs: [...repairs] };
}
