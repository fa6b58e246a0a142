// Codex's reading of a stream: the answer is what `response.output_item.done` says, the end is `response.completed`, the rest is display.
import { readEvents } from './events.ts';

export interface CodexItem {
  readonly type: string;
  readonly id?: string;
  readonly call_id?: string;
  readonly name?: string;
  readonly arguments?: string;
  readonly input?: string;
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
  readonly summary?: readonly { readonly text: string }[];
  readonly encrypted_content?: string | null;
}

export interface CodexTurn {
  readonly items: readonly CodexItem[];
  readonly usage: Record<string, unknown>;
}

const known =
  /^response\.(created|in_progress|completed|output_item\.(added|done)|content_part\.(added|done)|output_text\.(delta|done)|reasoning_summary_part\.(added|done)|reasoning_summary_text\.(delta|done)|reasoning_text\.(delta|done)|function_call_arguments\.(delta|done)|custom_tool_call_input\.(delta|done))$/;

function need(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`Codex would refuse the stream: ${what}`);
}

/** What each finished item must have for Codex to take it as one. */
function checkItem(item: CodexItem): void {
  const { type } = item;
  if (type === 'function_call')
    need(Boolean(item.call_id && item.name) && typeof item.arguments === 'string', 'half a function_call');
  if (type === 'custom_tool_call')
    need(Boolean(item.call_id && item.name) && typeof item.input === 'string', 'half a custom_tool_call');
  if (type === 'message') need(Array.isArray(item.content), 'a message without content');
  if (type === 'reasoning') need(Array.isArray(item.summary), 'reasoning without a summary');
}

/** Throws what is wrong with it. */
export function readCodexStream(body: string): CodexTurn {
  const events = readEvents(body);
  const items: CodexItem[] = [];
  const added = new Set<unknown>();
  let usage: Record<string, unknown> | null = null;
  for (const [index, { name, data }] of events.entries()) {
    const type = String(data.type);
    need(name === type && known.test(type), `event ${name} holds ${type}`);
    need(data.sequence_number === index, `${type} is number ${data.sequence_number} in place ${index}`);
    need(usage === null, `${type} after the end`);
    if (index === 0) need(type === 'response.created', `it begins with ${type}`);
    if ('item_id' in data) need(added.has(data.item_id), `${type} of an item that was not added`);
    if (type === 'response.output_item.added') {
      need(data.output_index === added.size, `item ${data.output_index} where ${added.size} is next`);
      added.add((data.item as CodexItem).id);
    }
    if (type === 'response.output_item.done') {
      const item = data.item as CodexItem;
      need(added.has(item.id), `item ${item.id} is done and was not added`);
      checkItem(item);
      items.push(item);
    }
    if (type === 'response.completed') {
      const response = data.response as {
        id?: string;
        usage?: Record<string, unknown>;
        output?: CodexItem[];
      };
      need(Boolean(response.id), 'response.completed without an id');
      need(JSON.stringify(response.output) === JSON.stringify(items), 'the whole has other items');
      usage = response.usage ?? {};
      for (const count of ['input_tokens', 'output_tokens', 'total_tokens'])
        need(Number.isInteger(usage[count]), `usage without ${count}`);
    }
  }
  need(usage !== null, 'stream closed before response.completed');
  return { items, usage };
}
