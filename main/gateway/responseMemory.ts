// Remembers the last answers in the responses dialect for a while: its clients refer to them by id where a provider keeps them
// (`previous_response_id`, `item_reference`), which an upstream of another kind does not.
import { type Fields, isFields } from '../protocol/hub/reader.ts';
import type { JsonObject } from '../protocol/hub/turn.ts';

interface Kept {
  /** All that was said before and in this answer, as input items. */
  readonly items: readonly unknown[];
  readonly bytes: number;
}

export interface ResponseMemory {
  /** `response`: the answer as the client got it; `body`: the request it answers, resolved. `owner` is the client key's id. */
  remember(owner: string, body: JsonObject, response: Readonly<Record<string, unknown>>): void;
  /** The request with what it refers to in its place; what is not known stays as it is. The same object where it refers to nothing. */
  resolve(owner: string, body: JsonObject): JsonObject;
}

/** Bytes of JSON in all, and of one conversation: images make them large. */
const capacity = 32 * 1024 * 1024;
const largest = 8 * 1024 * 1024;

function itemsOf(input: unknown): readonly unknown[] {
  if (Array.isArray(input)) return input;
  return typeof input === 'string' ? [{ role: 'user', content: input }] : [];
}

const isReference = (item: unknown): item is Fields =>
  isFields(item) && (item.type === 'item_reference' || (item.type === undefined && item.role === undefined));

export function createResponseMemory(): ResponseMemory {
  const responses = new Map<string, Kept>();
  const items = new Map<string, unknown>();
  let bytes = 0;

  function forgetOldest(): void {
    const [key, kept] = responses.entries().next().value as [string, Kept];
    const owner = key.slice(0, key.indexOf('\0') + 1);
    responses.delete(key);
    bytes -= kept.bytes;
    for (const item of kept.items) if (isFields(item)) items.delete(`${owner}${String(item.id)}`);
  }

  return {
    remember(owner, body, response) {
      if (body.store === false || typeof response.id !== 'string') return;
      const output = itemsOf(response.output);
      const all = [...itemsOf(body.input), ...output];
      const size = JSON.stringify(all).length;
      if (size > largest) return;
      responses.set(`${owner}\0${response.id}`, { items: all, bytes: size });
      for (const item of output)
        if (isFields(item) && typeof item.id === 'string') items.set(`${owner}\0${item.id}`, item);
      bytes += size;
      while (bytes > capacity) forgetOldest();
    },
    resolve(owner, body) {
      const { previous_response_id: previousId, ...rest } = body;
      const previous = typeof previousId === 'string' ? responses.get(`${owner}\0${previousId}`) : undefined;
      const input = itemsOf(body.input);
      const refers = input.some((item) => isReference(item) && items.has(`${owner}\0${String(item.id)}`));
      if (!previous && !refers) return body;
      const resolved = input.map((item) =>
        isReference(item) ? (items.get(`${owner}\0${String(item.id)}`) ?? item) : item,
      );
      const whole = [...(previous?.items ?? []), ...resolved] as JsonObject['input'];
      return { ...(previous ? rest : body), input: whole } as JsonObject;
    },
  };
}
