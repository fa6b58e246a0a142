// Anthropic's Message -> the hub.

import { ForeignEventError } from '../hub/hubErrors.ts';
import { isFields } from '../hub/reader.ts';
import type { JsonObject, Part, Signature } from '../hub/turn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import { readCitations } from './messagesCitation.ts';
import { readStopReason } from './messagesStop.ts';
import { readMessagesUsage } from './messagesUsage.ts';
import { readSignature } from './thinkingSignature.ts';

/** Why a refusal was one, in words; null where it does not say. */
export function refusalOf(details: unknown): string | null {
  const explanation = isFields(details) ? details.explanation : null;
  return typeof explanation === 'string' && explanation !== '' ? explanation : null;
}

/** Between what was said before and after a hosted tool ran: without it the two would run together. */
export function gapBefore(said: string, toolRan: boolean): string {
  return toolRan && said !== '' && !/\s$/.test(said) ? '\n\n' : '';
}

function decodeContent(content: readonly unknown[]): Part[] {
  const parts: Part[] = [];
  let said = '';
  let toolRan = false;
  let callSignature: Signature | null = null;
  for (const block of content) {
    if (!isFields(block)) continue;
    switch (block.type) {
      case 'text': {
        const own = typeof block.text === 'string' ? block.text : '';
        const text: string = own === '' ? '' : gapBefore(said, toolRan) + own;
        const range = { start: said.length + text.length - own.length, end: said.length + text.length };
        const citations = readCitations(block.citations, range);
        said += text;
        toolRan &&= text === '';
        parts.push({ type: 'text', text, ...(citations.length > 0 ? { citations } : {}) });
        break;
      }
      case 'thinking': {
        const text = typeof block.thinking === 'string' ? block.thinking : '';
        const carried = readSignature(typeof block.signature === 'string' ? block.signature : '');
        const own = carried?.use === 'call' ? null : carried;
        if (carried?.use === 'call') callSignature = carried.signature;
        if (text === '' && !own) break;
        parts.push({
          type: 'reasoning',
          text,
          ...(own ? { signature: own.signature } : {}),
          ...(own?.id ? { id: own.id } : {}),
        });
        break;
      }
      case 'redacted_thinking': {
        const signature: Signature = { family: 'anthropic', value: String(block.data ?? '') };
        parts.push({ type: 'reasoning', text: '', redacted: true, signature });
        break;
      }
      case 'tool_use':
        parts.push({
          type: 'toolCall',
          kind: 'function',
          id: String(block.id ?? ''),
          name: String(block.name ?? ''),
          arguments: JSON.stringify(block.input ?? {}),
          ...(callSignature ? { signature: callSignature } : {}),
        });
        callSignature = null;
        break;
      default:
        toolRan = true;
    }
  }
  return parts;
}

/** Blocks of hosted tools are left out: their text is not the model's. Throws ForeignEventError for what is no message. */
export function decodeMessagesResult(body: JsonObject, requestId: string): TurnResult {
  const { content, stop_reason: reason, stop_sequence: stopSequence, id, model } = body;
  if (!Array.isArray(content)) throw new ForeignEventError('the answer has no content');
  const found = decodeContent(content as readonly unknown[]);
  const refusal = reason === 'refusal' ? refusalOf(body.stop_details) : null;
  const parts: Part[] = refusal === null ? found : [...found, { type: 'refusal', text: refusal }];
  const called = parts.some(({ type }) => type === 'toolCall');
  return {
    id: typeof id === 'string' && id !== '' ? id : `msg_${requestId.replace(/^req_/, '')}`,
    model: typeof model === 'string' ? model : null,
    parts,
    finish: readStopReason(String(reason), called),
    stopSequence: typeof stopSequence === 'string' ? stopSequence : null,
    usage: readMessagesUsage(body.usage),
  };
}
