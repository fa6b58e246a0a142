// Reads the items that a model made, one after the other, into parts: those of an answer, and those that come back in a request.
import { type Fields, isFields } from '../hub/reader.ts';
import type { Citation, Part, Signature, TextPart } from '../hub/turn.ts';
import { readClientCall } from './clientTools.ts';
import { flatToolName } from './namespacedTools.ts';
import { readReasoningItem } from './readReasoningItem.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Null for what points at nothing a reader could follow. */
export function readAnnotation(value: unknown): Citation | null {
  if (!isFields(value)) return null;
  const url = value.type === 'url_citation' && typeof value.url === 'string' ? value.url : null;
  const title = textOf(value.title) || textOf(value.filename) || null;
  if (url === null && title === null) return null;
  return { url, title, quote: null, start: numberOf(value.start_index), end: numberOf(value.end_index) };
}

/** Images come as base64, `output_format` says of what kind. */
export function readImageCall(item: Fields): Part | null {
  if (typeof item.result !== 'string' || item.result === '') return null;
  const format = textOf(item.output_format) || 'png';
  return {
    type: 'media',
    media: 'image',
    mediaType: format === 'svg' ? 'image/svg+xml' : `image/${format}`,
    source: { from: 'base64', data: item.result },
    name: null,
    detail: null,
  };
}

/** The arguments of a function without any are an empty object. */
export const argumentsOf = (value: unknown): string => (textOf(value).trim() === '' ? '{}' : textOf(value));

/** What the client's tool result will name; some servers give the item's id alone, or nothing. */
export const callIdOf = (item: Fields, otherwise: string): string =>
  textOf(item.call_id) || textOf(item.id) || otherwise;

function readCall(item: Fields, id: string, signature: Signature | null): Part | null {
  const signed = signature ? { signature } : {};
  const known = readClientCall(item);
  if (known) return { type: 'toolCall', kind: 'function', id, ...known, ...signed };
  if (typeof item.name !== 'string') return null;
  const kind = item.type === 'custom_tool_call' ? 'custom' : 'function';
  return {
    type: 'toolCall',
    kind,
    id,
    name: flatToolName(item.namespace, item.name),
    arguments: kind === 'custom' ? textOf(item.input) : argumentsOf(item.arguments),
    ...signed,
  };
}

function readText(content: Fields): TextPart {
  const citations = Array.isArray(content.annotations)
    ? content.annotations.map(readAnnotation).filter((citation) => citation !== null)
    : [];
  return { type: 'text', text: textOf(content.text), ...(citations.length > 0 ? { citations } : {}) };
}

export interface OutputReader {
  /** False where it knows no such item; `skipped` then hears nothing. */
  read(item: Fields, skipped?: (type: string) => void): boolean;
  readonly parts: readonly Part[];
}

/** `requestId` makes ids for calls that have none. */
export function createOutputReader(requestId: string): OutputReader {
  const parts: Part[] = [];
  /** Of the tool call to come. */
  let signature: Signature | null = null;

  function readMessage(content: unknown, skipped?: (type: string) => void): void {
    if (typeof content === 'string') parts.push({ type: 'text', text: content });
    if (!Array.isArray(content)) return;
    for (const part of content as unknown[]) {
      if (!isFields(part)) continue;
      if (part.type === 'refusal') parts.push({ type: 'refusal', text: textOf(part.refusal) });
      else if (typeof part.text === 'string') parts.push(readText(part));
      else skipped?.(textOf(part.type));
    }
  }

  function readReasoning(item: Fields): void {
    const found = readReasoningItem(item);
    if (found.of === 'call') signature = found.signature;
    else if (found.of === 'reasoning') {
      if (found.part.text !== '' || found.part.signature) parts.push(found.part);
    } else {
      const at = parts.findLastIndex((part) => part.type === 'text');
      const text = parts[at];
      if (text?.type === 'text') parts[at] = { ...text, signature: found.signature };
      else parts.push({ type: 'text', text: '', signature: found.signature });
    }
  }

  return {
    parts,
    read(item, skipped) {
      switch (item.type) {
        case 'message':
        case undefined:
        case null:
          readMessage(item.content, skipped);
          return true;
        case 'reasoning':
          readReasoning(item);
          return true;
        case 'function_call':
        case 'custom_tool_call':
        case 'local_shell_call':
        case 'shell_call':
        case 'apply_patch_call':
        case 'tool_search_call': {
          const call = readCall(item, callIdOf(item, `call_${requestId}_${parts.length}`), signature);
          signature = null;
          if (call) parts.push(call);
          return true;
        }
        case 'image_generation_call': {
          const image = readImageCall(item);
          if (image) parts.push(image);
          return true;
        }
        default:
          return false;
      }
    },
  };
}
