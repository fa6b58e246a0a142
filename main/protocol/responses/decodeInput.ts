// The items of `input` -> messages. What a model made in one go (reasoning, message, calls) is one assistant message, in order;
// what its tools returned is one user message.
import { GatewayError } from '../../base/gatewayError.ts';
import { type Fields, optionalText, requiredFields, requiredText, wrongField } from '../hub/reader.ts';
import type { Message, ToolResultPart } from '../hub/turn.ts';
import { readClientOutput } from './clientTools.ts';
import { decodeContent } from './decodeContent.ts';
import { flatToolName } from './namespacedTools.ts';
import { createOutputReader, type OutputReader } from './outputReader.ts';

export interface DecodedInput {
  readonly messages: readonly Message[];
  /** Tools that items of the input bring along, as they came. */
  readonly tools: readonly unknown[];
  /** Kinds of items and parts that no other dialect has a place for. */
  readonly dropped: readonly string[];
}

const roles: ReadonlySet<string> = new Set(['user', 'system', 'developer', 'assistant']);

function typeOf(item: Fields): string {
  if (typeof item.type === 'string') return item.type;
  return item.role === undefined && typeof item.id === 'string' ? 'item_reference' : 'message';
}

function checkReference(item: Fields, path: string): void {
  // Reasoning of an earlier answer may be missing; what was said or called may not.
  if (String(item.id).startsWith('rs_')) return;
  throw new GatewayError(
    'invalid_request',
    `"${path}" refers to "${String(item.id)}", an item stored at the provider. Nothing is stored here: send the items themselves (SDKs do so with "store": false).`,
    { param: path },
  );
}

function readResult(item: Fields, path: string, skip: (type: string) => void): ToolResultPart {
  const name = optionalText(item, 'name', path);
  return {
    type: 'toolResult',
    callId: requiredText(item, 'call_id', path),
    name: name === null ? null : flatToolName(item.namespace, name),
    kind: item.type === 'custom_tool_call_output' ? 'custom' : 'function',
    parts: decodeContent(item.output ?? '', `${path}output`, skip),
    isError: false,
  };
}

/** Throws GatewayError `invalid_request` for what is wrong, or stored at the provider alone. */
export function decodeInput(input: unknown): DecodedInput {
  const messages: Message[] = [];
  const tools: unknown[] = [];
  const dropped: string[] = [];
  const skip = (type: string): void => void dropped.push(type);
  let said: OutputReader | null = null;
  let results: ToolResultPart[] = [];

  function endTurn(): void {
    if (said && said.parts.length > 0) messages.push({ role: 'assistant', parts: said.parts });
    said = null;
    if (results.length > 0) messages.push({ role: 'user', parts: results });
    results = [];
  }

  function say(item: Fields): void {
    if (results.length > 0) endTurn();
    said ??= createOutputReader(String(messages.length));
    said.read(item, skip);
  }

  function readMessage(item: Fields, path: string): void {
    const role = requiredText(item, 'role', path);
    if (!roles.has(role)) throw wrongField(`${path}role`, '"user", "assistant", "system" or "developer"');
    if (role === 'assistant') {
      say(item);
      return;
    }
    endTurn();
    const parts = decodeContent(item.content, `${path}content`, skip);
    if (parts.length > 0) messages.push({ role: role as Message['role'], parts });
  }

  function readClientResult(item: Fields, path: string): void {
    const result = readClientOutput(item);
    if (!result) return;
    const { name, text, isError } = result;
    // A local shell's has but an id, which is the call's.
    const callId = optionalText(item, 'call_id', path) ?? requiredText(item, 'id', path);
    const parts = [{ type: 'text', text }] as const;
    results.push({ type: 'toolResult', callId, name, kind: 'function', parts, isError });
  }

  function readItem(item: Fields, path: string): void {
    const type = typeOf(item);
    switch (type) {
      case 'message':
        readMessage(item, path);
        return;
      case 'function_call':
      case 'custom_tool_call':
        requiredText(item, 'call_id', path);
        requiredText(item, 'name', path);
        optionalText(item, type === 'function_call' ? 'arguments' : 'input', path);
        say(item);
        return;
      case 'reasoning':
      case 'image_generation_call':
      case 'local_shell_call':
      case 'shell_call':
      case 'apply_patch_call':
        say(item);
        return;
      case 'tool_search_call':
        // Where OpenAI searched itself, its own result stands behind without a call's id.
        if (typeof item.call_id === 'string') say(item);
        else skip(type);
        return;
      case 'local_shell_call_output':
      case 'shell_call_output':
      case 'apply_patch_call_output':
        readClientResult(item, path);
        return;
      case 'function_call_output':
      case 'custom_tool_call_output':
        results.push(readResult(item, path, skip));
        return;
      case 'additional_tools':
      case 'tool_search_output':
        if (typeof item.call_id === 'string') readClientResult(item, path);
        if (Array.isArray(item.tools)) tools.push(...(item.tools as unknown[]));
        return;
      case 'item_reference':
        checkReference(item, path.slice(0, -1));
        skip(type);
        return;
      case 'compaction':
        throw new GatewayError(
          'invalid_request',
          `"${path.slice(0, -1)}" is a history that its provider made short and sealed: no other can read it. Send the conversation itself, or use an endpoint of that provider.`,
          { param: path.slice(0, -1) },
        );
      default:
        skip(type);
    }
  }

  if (typeof input === 'string') messages.push({ role: 'user', parts: [{ type: 'text', text: input }] });
  else if (Array.isArray(input))
    for (const [index, item] of (input as unknown[]).entries())
      readItem(requiredFields(item, `input[${index}]`), `input[${index}].`);
  else throw wrongField('input', 'a string or a list of items');
  endTurn();
  return { messages, tools, dropped };
}
