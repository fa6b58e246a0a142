// Anthropic refuses a conversation in which a call is not answered in the very next message, or an answer has no call there.
import type { Block, Notes, WireMessage } from './wire.ts';

const isCall = ({ type }: Block): boolean => type === 'tool_use';
const isResult = ({ type }: Block): boolean => type === 'tool_result';

function unanswered(id: unknown): Block {
  return { type: 'tool_result', tool_use_id: id, is_error: true, content: 'This call was not answered.' };
}

/** A result whose call is gone from the history is still something the user showed. */
function asText({ content }: Block): Block[] {
  const blocks: readonly Block[] = Array.isArray(content) ? content : [];
  const text = typeof content === 'string' ? content : '';
  const head = `Result of an earlier tool call:${text === '' ? '' : `\n${text}`}`;
  return [{ type: 'text', text: head }, ...blocks];
}

/** The user's blocks behind `calls`: their results first, each call with one. */
function answer(content: readonly Block[], calls: readonly Block[], notes: Notes): Block[] {
  const waiting = new Set(calls.map(({ id }) => id));
  const results: Block[] = [];
  const rest: Block[] = [];
  for (const block of content) {
    if (!isResult(block)) rest.push(block);
    else if (waiting.delete(block.tool_use_id)) results.push(block);
    else {
      notes.repairs.add('told results without a call as text');
      rest.push(...asText(block));
    }
  }
  if (waiting.size > 0) notes.repairs.add('answered tool calls that had no result');
  return [...results, ...[...waiting].map(unanswered), ...rest];
}

export function pairToolResults(messages: readonly WireMessage[], notes: Notes): WireMessage[] {
  const paired: WireMessage[] = [];
  let calls: readonly Block[] = [];
  const settle = (): void => {
    if (calls.length > 0) paired.push({ role: 'user', content: answer([], calls, notes) });
    calls = [];
  };
  for (const message of messages) {
    if (message.role === 'assistant') {
      settle();
      paired.push(message);
      calls = message.content.filter(isCall);
      continue;
    }
    paired.push({ ...message, content: answer(message.content, calls, notes) });
    calls = [];
  }
  settle();
  return paired;
}
