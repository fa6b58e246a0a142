// `messages` and `system` -> the hub's messages.
import {
  type Fields,
  isFields,
  optionalBoolean,
  requiredFields,
  requiredText,
  wrongField,
} from '../hub/reader.ts';
import type { Message, Part, ReasoningPart, Signature, ToolCallPart, ToolResultPart } from '../hub/turn.ts';
import { accountingLine, withoutAccounting } from './accountingLines.ts';
import { decodeMaterial, decodeMaterials } from './decodeMaterial.ts';
import { readSignature } from './thinkingSignature.ts';
import { readCacheMark } from './wire.ts';

function decodeToolUse(block: Fields, path: string): ToolCallPart {
  const { input = {} } = block;
  if (input !== null && !isFields(input)) throw wrongField(`${path}.input`, 'an object');
  return {
    type: 'toolCall',
    kind: 'function',
    id: requiredText(block, 'id', `${path}.`),
    name: requiredText(block, 'name', `${path}.`),
    arguments: JSON.stringify(input ?? {}),
    ...readCacheMark(block),
  };
}

function decodeToolResult(block: Fields, path: string, dropped: Set<string>): ToolResultPart {
  return {
    type: 'toolResult',
    callId: requiredText(block, 'tool_use_id', `${path}.`),
    name: null,
    kind: 'function',
    parts: decodeMaterials(block.content, `${path}.content`, dropped),
    isError: optionalBoolean(block, 'is_error', `${path}.`) ?? false,
    ...readCacheMark(block),
  };
}

/** Text within what a hosted tool brought back: output of programs, fetched documents, summaries. */
function textsWithin(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsWithin);
  if (!isFields(value)) return [];
  const own = [value.text, value.stdout, value.stderr].filter(
    (text) => typeof text === 'string' && text !== '',
  );
  const plain = value.type === 'text' && typeof value.data === 'string' ? [value.data] : [];
  return [...(own as string[]), ...plain, ...textsWithin(value.content), ...textsWithin(value.source)];
}

/** Blocks of hosted tools and of times to come: their text is kept, the rest is named. */
function decodeForeign(block: Fields, dropped: Set<string>): Part[] {
  const summary = typeof block.content === 'string' ? block.content : '';
  const text = [summary, ...textsWithin(block)].filter((words) => words.trim() !== '').join('\n');
  if (text === '') dropped.add(String(block.type ?? 'content'));
  return text === '' ? [] : [{ type: 'text', text, ...readCacheMark(block) }];
}

interface Thought {
  readonly part: ReasoningPart | null;
  /** Belongs to the tool call behind the block. */
  readonly callSignature: Signature | null;
}

function decodeThinking(block: Fields): Thought {
  const text = typeof block.thinking === 'string' ? block.thinking : '';
  const carried = readSignature(typeof block.signature === 'string' ? block.signature : '');
  const reasoning = carried?.use === 'call' ? null : carried;
  const part: ReasoningPart = {
    type: 'reasoning',
    text,
    ...(reasoning ? { signature: reasoning.signature } : {}),
    ...(reasoning?.id ? { id: reasoning.id } : {}),
  };
  const empty = text === '' && !reasoning;
  return { part: empty ? null : part, callSignature: carried?.use === 'call' ? carried.signature : null };
}

function decodeBlocks(content: readonly unknown[], role: string, path: string, dropped: Set<string>): Part[] {
  const parts: Part[] = [];
  let callSignature: Signature | null = null;
  for (const [index, value] of content.entries()) {
    const where = `${path}[${index}]`;
    const block = requiredFields(value, where);
    const material = decodeMaterial(block, where, dropped);
    if (material) {
      parts.push(...material);
      continue;
    }
    switch (block.type) {
      case 'thinking': {
        const thought = decodeThinking(block);
        if (thought.part) parts.push(thought.part);
        callSignature = thought.callSignature ?? callSignature;
        break;
      }
      case 'redacted_thinking': {
        const value = requiredText(block, 'data', `${where}.`);
        parts.push({
          type: 'reasoning',
          text: '',
          redacted: true,
          signature: { family: 'anthropic', value },
        });
        break;
      }
      case 'tool_use': {
        if (role !== 'assistant')
          throw wrongField(`${where}.type`, 'another: "tool_use" is the assistant\'s');
        const call = decodeToolUse(block, where);
        parts.push(callSignature ? { ...call, signature: callSignature } : call);
        callSignature = null;
        break;
      }
      case 'tool_result':
        if (role !== 'user') throw wrongField(`${where}.type`, 'another: "tool_result" is the user\'s');
        parts.push(decodeToolResult(block, where, dropped));
        break;
      default:
        parts.push(...decodeForeign(block, dropped));
    }
  }
  return parts;
}

function decodeMessage(value: unknown, path: string, dropped: Set<string>): Message {
  const message = requiredFields(value, path);
  const { role, content } = message;
  if (role !== 'user' && role !== 'assistant' && role !== 'system')
    throw wrongField(`${path}.role`, '"user", "assistant" or "system"');
  if (typeof content === 'string') return { role, parts: [{ type: 'text', text: content }] };
  if (!Array.isArray(content)) throw wrongField(`${path}.content`, 'a string or a list of blocks');
  return { role, parts: decodeBlocks(content, role, `${path}.content`, dropped) };
}

/** The system prompt first, then the messages. Throws GatewayError `invalid_request` with the path of what is wrong. */
export function decodeMessages(body: Fields, dropped: Set<string>): Message[] {
  const { messages } = body;
  if (!Array.isArray(messages) || messages.length === 0)
    throw wrongField('messages', 'a list of at least one message');
  const told = withoutAccounting(body.system);
  if (told !== body.system) dropped.add(accountingLine);
  const system = decodeMaterials(told, 'system', dropped);
  return [
    ...(system.length > 0 ? [{ role: 'system' as const, parts: system }] : []),
    ...messages.map((message, index) => decodeMessage(message, `messages[${index}]`, dropped)),
  ];
}
