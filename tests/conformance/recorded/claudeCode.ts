// Claude Code's reading of a stream: it throws where an event does not fit what it was told before.
import { readEvents } from './events.ts';

export interface ClaudeBlock {
  type: string;
  text?: string;
  thinking?: string;
  signature?: string;
  id?: string;
  name?: string;
  input?: unknown;
}

export interface ClaudeTurn {
  readonly content: readonly ClaudeBlock[];
  readonly stopReason: unknown;
}

interface Delta {
  type: string;
  text?: string;
  thinking?: string;
  signature?: string;
  partial_json?: string;
}

const deltas: Record<string, readonly string[]> = {
  text: ['text_delta', 'citations_delta'],
  thinking: ['thinking_delta', 'signature_delta'],
  tool_use: ['input_json_delta'],
  redacted_thinking: [],
};

function need(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`Claude Code would refuse the stream: ${what}`);
}

const isCount = (value: unknown) => Number.isInteger(value);

/** Throws what is wrong with it. */
export function readClaudeStream(body: string): ClaudeTurn {
  const events = readEvents(body);
  const content: ClaudeBlock[] = [];
  let json = '';
  let open: ClaudeBlock | null = null;
  let stopReason: unknown = null;
  let stage: 'before' | 'within' | 'delta' | 'after' = 'before';

  function add(delta: Delta): void {
    need(open !== null, `${delta.type} without an open block`);
    need(deltas[open.type]?.includes(delta.type) ?? false, `${delta.type} in a ${open.type} block`);
    if (delta.type === 'text_delta') open.text = `${open.text}${delta.text}`;
    if (delta.type === 'thinking_delta') open.thinking = `${open.thinking}${delta.thinking}`;
    if (delta.type === 'signature_delta') open.signature = delta.signature;
    if (delta.type === 'input_json_delta') json += delta.partial_json;
  }

  for (const { name, data } of events) {
    const type = String(data.type);
    need(name === type, `event ${name} holds ${type}`);
    need(stage !== 'after', `${type} after message_stop`);
    switch (type) {
      case 'ping':
        break;
      case 'message_start': {
        need(stage === 'before', 'a second message_start');
        const { usage, id, role, content: begun } = data.message as Record<string, unknown>;
        const { input_tokens, output_tokens } = (usage ?? {}) as Record<string, unknown>;
        need(isCount(input_tokens) && isCount(output_tokens), 'message_start without usage');
        need(/^msg_/.test(String(id)) && role === 'assistant', `a message ${id} of ${role}`);
        need(Array.isArray(begun) && begun.length === 0, 'message_start with content');
        stage = 'within';
        break;
      }
      case 'content_block_start': {
        need(stage === 'within' && open === null, 'two blocks open at once');
        need(data.index === content.length, `block ${data.index} where ${content.length} is next`);
        open = { ...(data.content_block as ClaudeBlock) };
        need(open.type in deltas, `a block of type ${open.type}`);
        if (open.type === 'tool_use')
          need(JSON.stringify(open.input) === '{}', 'a call that begins with input');
        json = '';
        break;
      }
      case 'content_block_delta':
        need(data.index === content.length, `a delta of block ${data.index}`);
        add(data.delta as Delta);
        break;
      case 'content_block_stop': {
        need(open !== null && data.index === content.length, `a stop of block ${data.index}`);
        const block: ClaudeBlock = open;
        if (block.type === 'tool_use') block.input = JSON.parse(json === '' ? '{}' : json) as unknown;
        content.push(block);
        open = null;
        break;
      }
      case 'message_delta': {
        need(open === null, 'message_delta before the last block is closed');
        const { output_tokens } = (data.usage ?? {}) as Record<string, unknown>;
        need(isCount(output_tokens), 'message_delta without usage');
        stopReason = (data.delta as Record<string, unknown>).stop_reason;
        stage = 'delta';
        break;
      }
      case 'message_stop':
        need(stage === 'delta', 'message_stop without message_delta');
        stage = 'after';
        break;
      default:
        need(false, `an event ${type}`);
    }
  }
  need(stage === 'after', 'it ends without message_stop');
  return { content, stopReason };
}
