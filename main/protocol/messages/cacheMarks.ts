// Where Anthropic is to keep a prompt: nowhere unless it is told. It takes four marks in a request, and none of an hour behind one
// of five minutes.
import type { Turn } from '../hub/turn.ts';
import type { Block, CacheControl, Notes, WireMessage } from './wire.ts';

const most = 4;

type Marked = Readonly<Record<string, unknown>>;

export interface Prompt {
  readonly tools: readonly Record<string, unknown>[];
  readonly system: readonly Block[];
  readonly messages: readonly WireMessage[];
}

/** The prompt in its own order (tools, system, messages), each block put through `change`. */
function mapBlocks(prompt: Prompt, change: <T extends Marked>(block: T) => T): Prompt {
  const tools = prompt.tools.map(change);
  const system = prompt.system.map(change);
  const messages = prompt.messages.map((message) => ({ ...message, content: message.content.map(change) }));
  return { tools, system, messages };
}

const mark = { cache_control: { type: 'ephemeral' } } as const;

const markLast = <T extends Marked>(blocks: readonly T[]): readonly T[] =>
  blocks.map((block, at) => (at === blocks.length - 1 ? { ...block, ...mark } : block));

/** The client is at work with tools: it will send all of this again, and soon. */
const hasResults = ({ messages }: Turn): boolean =>
  messages.some(({ parts }) => parts.some(({ type }) => type === 'toolResult'));

/**
 * Marks what goes before the conversation and its last two user messages, where the client marked nothing and wants the prompt
 * kept: by OpenAI's `prompt_cache_key`, or because it works with tools. Elsewhere prompts are kept unasked.
 */
export function markPrompt(prompt: Prompt, turn: Turn, notes: Notes): Prompt {
  const { tools, system, messages } = prompt;
  const blocks: Marked[] = [...tools, ...system, ...messages.flatMap(({ content }) => content)];
  const marked = blocks.some(({ cache_control }) => cache_control !== undefined);
  if (marked || (turn.cacheKey === null && !hasResults(turn))) return prompt;
  notes.repairs.add('marked the prompt for the cache');
  const asked = messages.flatMap(({ role }, at) => (role === 'user' ? [at] : [])).slice(-2);
  return {
    tools: system.length > 0 ? tools : markLast(tools),
    system: markLast(system),
    messages: messages.map((message, at) =>
      asked.includes(at) ? { ...message, content: markLast(message.content) } : message,
    ),
  };
}

/** Of too many marks the first go: a later one covers what stands before it. */
export function limitCacheMarks(prompt: Prompt, notes: Notes): Prompt {
  let marks = 0;
  mapBlocks(prompt, (block) => {
    if (block.cache_control) marks++;
    return block;
  });
  if (marks === 0) return prompt;
  if (marks > most) notes.repairs.add(`left out ${marks - most} of ${marks} cache marks`);
  let surplus = marks - most;
  let shortSeen = false;
  return mapBlocks(prompt, (block) => {
    const control = block.cache_control as CacheControl | undefined;
    if (!control) return block;
    if (surplus-- > 0) return { ...block, cache_control: undefined };
    if (control.ttl === '1h' && shortSeen) {
      notes.repairs.add('shortened a cache mark behind a shorter one');
      return { ...block, cache_control: { type: 'ephemeral' } };
    }
    shortSeen ||= control.ttl !== '1h';
    return block;
  });
}
