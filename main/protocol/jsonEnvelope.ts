// Reads of an OpenAI request only what routing needs, and edits it by splicing: everything else reaches the upstream as it was sent.
import { hash } from 'node:crypto';
import { type Bytes, slicesOf } from '../base/chunkedBytes.ts';
import { GatewayError } from '../base/gatewayError.ts';
import {
  JsonSyntaxError,
  type Member,
  readElements,
  readJson,
  readMembers,
  readString,
  type Splice,
  spliceBytes,
} from '../base/jsonMembers.ts';

export interface JsonEnvelope {
  readonly body: Bytes;
  readonly members: ReadonlyMap<string, Member>;
  readonly model: string;
  readonly stream: boolean;
  /** True where the client itself asked for the usage chunk. */
  readonly wantsUsage: boolean;
}

/** Runs what reads a client's body. Throws GatewayError `invalid_json` where that shows that it is none. */
export function orInvalidJson<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      throw new GatewayError('invalid_json', `The body is not valid JSON: ${error.message}.`);
    throw error;
  }
}

function isTrue(body: Bytes, span: Member | undefined): boolean {
  return span !== undefined && body.toString('latin1', span.start, span.end) === 'true';
}

/**
 * `from`: what stands in the path, for dialects whose bodies name no model (Gemini).
 * Throws GatewayError `invalid_json`, or `invalid_request` where no model is named.
 */
export function readEnvelope(body: Bytes, from?: { model: string; stream: boolean }): JsonEnvelope {
  return orInvalidJson(() => envelopeOf(body, from));
}

function envelopeOf(body: Bytes, from?: { model: string; stream: boolean }): JsonEnvelope {
  const members = readMembers(body);
  if (from) return { body, members, ...from, wantsUsage: false };
  const model = readString(body, members.get('model'))?.trim();
  // Half of a pair of surrogates fits into no URL and no header.
  if (!model?.isWellFormed() || model === '') {
    throw new GatewayError(
      'invalid_request',
      'Say which model you want: "model" must be a non-empty string.',
      { param: 'model' },
    );
  }
  const options = members.get('stream_options');
  const wantsUsage =
    options !== undefined &&
    (readJson(body, options) as { include_usage?: unknown } | null)?.include_usage === true;
  return { body, members, model, stream: isTrue(body, members.get('stream')), wantsUsage };
}

/** Changes to the top-level members of a body. A name in both is set. */
export interface EnvelopeEdits {
  /** Name -> JSON text of its new value. */
  readonly set: ReadonlyMap<string, string>;
  readonly drop: ReadonlySet<string>;
}

/** All members as they stand in the body, those that do not count for being named again included. */
function inOrder(members: ReadonlyMap<string, Member>): Member[] {
  const all: Member[] = [];
  for (const last of members.values()) {
    for (let member: Member | null = last; member; member = member.earlier) all.push(member);
  }
  return all.sort((a, b) => a.keyStart - b.keyStart);
}

/** Takes out members with the comma that goes with each, so that what is left is an object still. */
function removals(all: readonly Member[], removed: ReadonlySet<Member>): Splice[] {
  const splices: Splice[] = [];
  let keptBefore = false;
  all.forEach((member, at) => {
    if (!removed.has(member)) keptBefore = true;
    else if (keptBefore) splices.push({ start: all[at - 1]?.end ?? 0, end: member.end, text: '' });
    else splices.push({ start: member.keyStart, end: all[at + 1]?.keyStart ?? member.end, text: '' });
  });
  return splices;
}

/** The body with the edits made; the very same object where there are none. */
export function editEnvelope({ body, members }: JsonEnvelope, { set, drop }: EnvelopeEdits): Bytes {
  const splices: Splice[] = [];
  const removed = new Set<Member>();
  const added: string[] = [];
  for (const [name, text] of set) {
    const member = members.get(name);
    if (!member) added.push(`${JSON.stringify(name)}:${text}`);
    else splices.push({ start: member.start, end: member.end, text });
    for (let other = member?.earlier; other; other = other.earlier) removed.add(other);
  }
  for (const name of drop) {
    if (set.has(name)) continue;
    for (let member = members.get(name); member; member = member.earlier ?? undefined) removed.add(member);
  }
  if (removed.size === 0 && added.length === 0) return spliceBytes(body, splices);
  const all = inOrder(members);
  splices.push(...removals(all, removed));
  if (added.length > 0) {
    const at = all.at(-1)?.end ?? body.indexOf(0x7b) + 1;
    const comma = all.length > removed.size ? ',' : '';
    splices.push({ start: at, end: at, text: comma + added.join(',') });
  }
  return spliceBytes(body, splices);
}

/** A conversation is known by its beginning; more than this need not be read to tell two apart. */
const hashedBytes = 64 * 1024;

/** Where each dialect keeps the turns of a conversation. */
const turnMembers = ['messages', 'contents', 'input'] as const;

/**
 * A name for the conversation that stays the same over its turns: the client's own cache key, else a digest of everything
 * up to the end of the first user message. Null where there are no messages. Throws GatewayError `invalid_json`.
 */
export function conversationOf(envelope: JsonEnvelope, clientKeyId: string): string | null {
  return orInvalidJson(() => digestOf(envelope, clientKeyId));
}

function digestOf(envelope: JsonEnvelope, clientKeyId: string): string | null {
  const { body, members } = envelope;
  const own = `${clientKeyId}\0${envelope.model}\0`;
  const cacheKey = readString(body, members.get('prompt_cache_key'));
  if (cacheKey) return hash('sha1', own + cacheKey, 'base64');
  const turns = turnMembers.map((name) => members.get(name)).find((span) => span !== undefined);
  if (!turns) return null;
  let { end } = turns;
  if (body.at(turns.start) === 0x5b) {
    end = turns.start;
    for (const message of readElements(body, turns)) {
      end = message.end;
      if (body.at(message.start) !== 0x7b) continue;
      if (readString(body, readMembers(body, message.start, message.end).get('role')) === 'user') break;
    }
  }
  const length = end - turns.start;
  const beginning = slicesOf(body, turns.start, turns.start + Math.min(length, hashedBytes));
  return hash('sha1', Buffer.concat([Buffer.from(`${own}${length}\0`), ...beginning]), 'base64');
}
