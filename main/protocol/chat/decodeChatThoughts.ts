// The reasoning of earlier assistant turns, in the spellings that clients send back.
import { type Fields, isFields } from '../hub/reader.ts';
import type { ModelFamily, ReasoningPart } from '../hub/turn.ts';

/** `format` of OpenRouter's reasoning details; what names none is Anthropic's, who had signatures first. */
function familyOf(format: unknown): ModelFamily | null {
  if (typeof format !== 'string') return 'anthropic';
  if (format.startsWith('anthropic')) return 'anthropic';
  if (format.startsWith('openai') || format.startsWith('azure')) return 'openai';
  return format.startsWith('google') ? 'gemini' : null;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function decodeDetail(detail: unknown): ReasoningPart[] {
  if (!isFields(detail)) return [];
  const family = familyOf(detail.format);
  const id = typeof detail.id === 'string' ? { id: detail.id } : {};
  const sign = (value: string) => (family && value !== '' ? { signature: { family, value } } : {});
  switch (detail.type) {
    case 'reasoning.text':
      return [{ type: 'reasoning', text: textOf(detail.text), ...sign(textOf(detail.signature)) }];
    case 'reasoning.summary':
      return [{ type: 'reasoning', text: textOf(detail.summary) }];
    case 'reasoning.encrypted': {
      // Gemini's data belongs to a tool call and is told there.
      if (family === 'openai') return [{ type: 'reasoning', text: '', ...sign(textOf(detail.data)), ...id }];
      if (family !== 'anthropic') return [];
      return [{ type: 'reasoning', text: '', ...sign(textOf(detail.data)), redacted: true }];
    }
    default:
      return [];
  }
}

/** `reasoning_details` (OpenRouter) tells the most; else `reasoning_content` (DeepSeek, Kimi, GLM, Qwen) or `reasoning`. */
export function decodeChatThoughts(message: Fields): ReasoningPart[] {
  const { reasoning_details: details, reasoning_content: content, reasoning } = message;
  const detailed = Array.isArray(details) ? details.flatMap(decodeDetail) : [];
  const told = detailed.filter((part) => part.text !== '' || part.signature);
  if (told.length > 0) return told;
  const text = textOf(content) || textOf(reasoning);
  return text === '' ? [] : [{ type: 'reasoning', text }];
}

/** Gemini's own OpenAI surface keeps the proof of a call here, and the Vercel AI SDK sends it back. */
export function thoughtSignatureOf(call: Fields): string | null {
  const extra = call.extra_content;
  const google = isFields(extra) ? extra.google : null;
  const value = isFields(google) ? google.thought_signature : null;
  return typeof value === 'string' && value !== '' ? value : null;
}
