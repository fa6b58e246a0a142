// The pieces of Anthropic's messages that both directions speak of.
import { type Fields, isFields } from '../hub/reader.ts';
import type { CacheMark } from '../hub/turn.ts';

/** A content block as it goes over the wire. */
export interface Block {
  readonly type: string;
  readonly [name: string]: unknown;
}

export interface WireMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Block[];
}

/** What a translation must tell: things left out, and things changed so that the upstream accepts them. */
export interface Notes {
  readonly dropped: Set<string>;
  readonly repairs: Set<string>;
}

export const createNotes = (): Notes => ({ dropped: new Set(), repairs: new Set() });

/** `cache_control` of a block or a tool -> the hub's mark, to be spread into a part. */
export function readCacheMark(block: Fields): { cache?: CacheMark } {
  const control = block.cache_control;
  if (!isFields(control)) return {};
  const { ttl } = control;
  return { cache: { ttl: ttl === '5m' || ttl === '1h' ? ttl : null } };
}

/** The other way round, to be spread into a block. */
export function writeCacheMark(cache: CacheMark | undefined): { cache_control?: CacheControl } {
  if (!cache) return {};
  return { cache_control: { type: 'ephemeral', ...(cache.ttl === null ? {} : { ttl: cache.ttl }) } };
}

export interface CacheControl {
  readonly type: 'ephemeral';
  readonly ttl?: '5m' | '1h';
}
