// Messages -> `instructions` and the items of `input`.
import type { MediaPart, Message, Part, ReasoningPart, TextPart } from '../hub/turn.ts';
import { callId } from './callId.ts';
import { encodeContentPart, encodeToolOutput } from './encodeContent.ts';

type Wire = Record<string, unknown>;

export interface EncodedInput {
  readonly instructions: string | null;
  readonly input: readonly Wire[];
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
}

const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';
const isText = (part: Part): part is TextPart => part.type === 'text';

/** System messages at the head become instructions, unless there is nothing behind them to answer. */
function leading(messages: readonly Message[]): number {
  const end = messages.findIndex((message) => !isSystem(message) || !message.parts.every(isText));
  return end < 0 ? 0 : end;
}

function wordsOf(messages: readonly Message[]): string | null {
  const words = messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'text' && part.text !== '' ? [part.text] : [])),
  );
  return words.length === 0 ? null : words.join('\n\n');
}

function reasoningItem(part: ReasoningPart): Wire | null {
  if (part.signature?.family !== 'openai') return null;
  return {
    type: 'reasoning',
    ...(part.id === undefined ? {} : { id: part.id }),
    summary: part.text === '' ? [] : [{ type: 'summary_text', text: part.text }],
    encrypted_content: part.signature.value,
  };
}

/** Throws CannotHoldError for sound and video. */
export function encodeInput(messages: readonly Message[]): EncodedInput {
  const input: Wire[] = [];
  const dropped = new Set<string>();
  const repairs = new Set<string>();
  const head = leading(messages);

  function writeMessage(role: string, parts: readonly (TextPart | MediaPart)[]): void {
    const content = parts.filter((part) => part.type !== 'text' || part.text !== '');
    if (content.length > 0) input.push({ type: 'message', role, content: content.map(encodeContentPart) });
  }

  function writeSaid(part: Part, at: number): void {
    switch (part.type) {
      case 'text':
        // Without an id it is the plain form of a message, which takes a string.
        if (part.text !== '') input.push({ type: 'message', role: 'assistant', content: part.text });
        return;
      case 'refusal':
        input.push({
          type: 'message',
          id: `msg_${at}_${input.length}`,
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'refusal', refusal: part.text }],
        });
        return;
      case 'reasoning': {
        const item = reasoningItem(part);
        if (item) input.push(item);
        else dropped.add('reasoning_content');
        return;
      }
      case 'toolCall': {
        const call = { call_id: callId(part.id), name: part.name };
        if (part.kind === 'custom') input.push({ type: 'custom_tool_call', ...call, input: part.arguments });
        else input.push({ type: 'function_call', ...call, arguments: part.arguments });
        return;
      }
      case 'media':
        repairs.add('sent images of the model as user images');
        writeMessage('user', [part]);
        return;
      case 'toolResult':
    }
  }

  function writeHeard(message: Message): void {
    const role = isSystem(message) ? 'developer' : message.role;
    let content: (TextPart | MediaPart)[] = [];
    for (const part of message.parts) {
      if (part.type === 'text' || part.type === 'media') content.push(part);
      if (part.type !== 'toolResult') continue;
      writeMessage(role, content);
      content = [];
      const type = part.kind === 'custom' ? 'custom_tool_call_output' : 'function_call_output';
      input.push({ type, call_id: callId(part.callId), output: encodeToolOutput(part) });
    }
    writeMessage(role, content);
  }

  for (const [at, message] of messages.entries()) {
    if (at < head) continue;
    if (message.name !== undefined) dropped.add('name');
    if (message.role === 'assistant') for (const part of message.parts) writeSaid(part, at);
    else writeHeard(message);
  }
  const instructions = wordsOf(messages.slice(0, head));
  return { instructions, input, dropped: [...dropped], repairs: [...repairs] };
}
