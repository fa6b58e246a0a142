// Puts a blank where a reasoner misses what it thought in earlier turns: the client, or a model before it, did not keep it.
import type { WireName } from '../../protocol/dialect.ts';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';
import type { BodyDraft } from './bodyDraft.ts';

/** Kimi takes an empty text for none. */
const blank = ' ';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function inChat(message: Fields): Fields {
  if (isText(message.reasoning_content)) return message;
  // Other makers' word for the same.
  return { ...message, reasoning_content: isText(message.reasoning) ? message.reasoning : blank };
}

function inMessages(message: Fields): Fields {
  const { content } = message;
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [{ type: 'text', text: content }];
  const thinks = blocks.some((block) => isFields(block) && /thinking$/.test(String(block.type)));
  const thought = { type: 'thinking', thinking: blank, signature: '' };
  return thinks ? message : { ...message, content: [thought, ...blocks] };
}

export function putThinking(draft: BodyDraft, dialect: WireName): void {
  const messages = draft.read('messages');
  if (!Array.isArray(messages)) return;
  const put = dialect === 'chat' ? inChat : inMessages;
  const whole = messages.map((message: unknown) =>
    isFields(message) && message.role === 'assistant' ? put(message) : message,
  );
  if (whole.every((message, at) => message === messages[at])) return;
  draft.set('messages', whole);
  draft.note('put a blank for missing thinking');
}
