// Anthropic takes four cache marks in a request, and none of an hour behind one of five minutes.
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
