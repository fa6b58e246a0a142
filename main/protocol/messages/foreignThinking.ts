// A client may go on with Claude where another model began. What that model's thinking was signed with is no proof to Anthropic,
// and a request that holds it is refused whole.
import type { Bytes } from '../../base/chunkedBytes.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { Json, JsonObject } from '../hub/turn.ts';
import { lacksThinking } from './encodeMessages.ts';
import { readSignature } from './thinkingSignature.ts';
import type { Block, WireMessage } from './wire.ts';

const signs = [
  '"sluice:',
  '"signature":""',
  '"signature": ""',
  '"encrypted_index":""',
  '"encrypted_index": ""',
].map((sign) => Buffer.from(sign));

/** A quick look at a body's bytes: false where there is surely nothing to leave out. */
export function mayHoldForeignThinking(body: Bytes): boolean {
  return signs.some((sign) => body.includes(sign));
}

function isUnproven(block: Fields): boolean {
  if (block.type !== 'thinking') return false;
  const proof = typeof block.signature === 'string' ? readSignature(block.signature) : null;
  return proof?.signature.family !== 'anthropic' || proof.use !== 'thinking';
}

/** Citations that were written here for another provider's point to no document of Anthropic's. */
function withoutOwnCitations(block: Fields): Fields {
  if (!Array.isArray(block.citations)) return block;
  const kept = block.citations.filter((one) => !isFields(one) || one.encrypted_index !== '');
  if (kept.length === block.citations.length) return block;
  const { citations: _, ...rest } = block;
  return kept.length > 0 ? { ...rest, citations: kept } : rest;
}

/** The message without such blocks; null where nothing is left of it. */
function cleaned(message: Json): Json | null {
  if (!isFields(message) || message.role !== 'assistant' || !Array.isArray(message.content)) return message;
  const blocks = message.content as readonly unknown[];
  const kept = blocks
    .filter((block) => !isFields(block) || !isUnproven(block))
    .map((block) => (isFields(block) ? withoutOwnCitations(block) : block));
  const same = kept.length === blocks.length && kept.every((block, at) => block === blocks[at]);
  if (same) return message;
  return kept.length === 0 ? null : ({ ...message, content: kept } as Json);
}

/**
 * An Anthropic client's own body without the thinking that Anthropic would refuse; the same object where there is none.
 * Thinking by a budget is switched off where the last answer has lost its own, for it would be asked for.
 */
export function withoutForeignThinking(body: JsonObject): JsonObject {
  if (!Array.isArray(body.messages)) return body;
  const before = body.messages as readonly Json[];
  const messages = before.map((message) => cleaned(message)).filter((message) => message !== null);
  if (messages.length === before.length && messages.every((message, at) => message === before[at]))
    return body;
  const { thinking, ...rest } = body;
  const blocks = messages.flatMap((message): WireMessage[] => {
    if (!isFields(message)) return [];
    const { role, content } = message;
    return [
      { role: role as WireMessage['role'], content: Array.isArray(content) ? (content as Block[]) : [] },
    ];
  });
  const off = isFields(thinking) && thinking.type === 'enabled' && lacksThinking(blocks);
  return { ...rest, ...(thinking === undefined || off ? {} : { thinking }), messages };
}

/** The same for a body's bytes, which are read only where there may be something. */
export function ownThinkingOnly(body: Bytes): Bytes {
  if (!mayHoldForeignThinking(body)) return body;
  const request = JSON.parse(body.toString('utf8')) as JsonObject;
  const own = withoutForeignThinking(request);
  return own === request ? body : Buffer.from(JSON.stringify(own));
}
