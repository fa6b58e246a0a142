// Reads of an OpenAI request only what routing needs, and edits it by splicing: everything else reaches the upstream as it was sent.
import { hash } from 'node:crypto';
import { GatewayError } from '../base/gatewayError.ts';
import {
  JsonSyntaxError,
  readElements,
  readJson,
  readMembers,
  readString,
  type Span,
  type Splice,
  spliceBytes,
} from '../base/jsonMembers.ts';

export interface JsonEnvelope {
  readonly body: Buffer;
  readonly members: ReadonlyMap<string, Span>;
  readonly model: string;
  readonly stream: boolean;
  /** True where the client itself asked for the usage chunk. */
  readonly wantsUsage: boolean;
}

function readMembersOrRefuse(body: Buffer): Map<string, Span> {
  try {
    return readMembers(body);
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      throw new GatewayError('invalid_json', `The body is not valid JSON: ${error.message}.`);
    throw error;
  }
}

function isTrue(body: Buffer, span: Span | undefined): boolean {
  return span !== undefined && body.toString('latin1', span.start, span.end) === 'true';
}

/**
 * `from`: what stands in the path, for dialects whose bodies name no model (Gemini).
 * Throws GatewayError `invalid_json`, or `invalid_request` where no model is named.
 */
export function readEnvelope(body: Buffer, from?: { model: string; stream: boolean }): JsonEnvelope {
  const members = readMembersOrRefuse(body);
  if (from) return { body, members, ...from, wantsUsage: false };
  const model = readString(body, members.get('model'))?.trim();
  if (!model) {
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

export interface EnvelopeEdits {
  /** The upstream's name for the model. */
  readonly model: string;
  /** Ask for the usage chunk of a stream. */
  readonly includeUsage: boolean;
  /** Leave out `stream_options` altogether, for upstreams that refuse it. */
  readonly dropStreamOptions: boolean;
}

/** From the end of the member before to the end of this one, or with the comma behind it where it is the first. */
function memberSplice(body: Buffer, span: Span): Splice {
  const keyEnd = body.lastIndexOf(0x3a, span.start);
  const keyStart = body.lastIndexOf(0x22, body.lastIndexOf(0x22, keyEnd) - 1);
  let start = keyStart - 1;
  while (isSpace(body[start])) start--;
  if (body[start] === 0x2c) return { start, end: span.end, text: '' };
  let end = span.end;
  while (isSpace(body[end])) end++;
  return { start: keyStart, end: body[end] === 0x2c ? end + 1 : end, text: '' };
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

function usageSplice(envelope: JsonEnvelope): Splice {
  const { body, members } = envelope;
  const options = members.get('stream_options');
  if (!options) {
    // Behind the last member there is: the body has at least `model` and `stream`.
    const end = Math.max(...[...members.values()].map((span) => span.end));
    return { start: end, end, text: ',"stream_options":{"include_usage":true}' };
  }
  const value = readJson(body, options);
  const merged = { ...(typeof value === 'object' ? value : null), include_usage: true };
  return { ...options, text: JSON.stringify(merged) };
}

/** The body with the edits made; the very same buffer where none is needed. */
export function editEnvelope(envelope: JsonEnvelope, edits: EnvelopeEdits): Buffer {
  const splices: Splice[] = [];
  const model = envelope.members.get('model');
  if (model && edits.model !== envelope.model) splices.push({ ...model, text: JSON.stringify(edits.model) });
  const options = envelope.members.get('stream_options');
  if (edits.dropStreamOptions) {
    if (options) splices.push(memberSplice(envelope.body, options));
  } else if (edits.includeUsage && !envelope.wantsUsage) {
    splices.push(usageSplice(envelope));
  }
  return spliceBytes(envelope.body, splices);
}

/** A conversation is known by its beginning; more than this need not be read to tell two apart. */
const hashedBytes = 64 * 1024;

/** Where each dialect keeps the turns of a conversation. */
const turnMembers = ['messages', 'contents', 'input'] as const;

/**
 * A name for the conversation that stays the same over its turns: the client's own cache key, else a digest of everything
 * up to the end of the first user message. Null where there are no messages.
 */
export function conversationOf(envelope: JsonEnvelope, clientKeyId: string): string | null {
  const { body, members } = envelope;
  const own = `${clientKeyId}\0${envelope.model}\0`;
  const cacheKey = readString(body, members.get('prompt_cache_key'));
  if (cacheKey) return hash('sha1', own + cacheKey, 'base64');
  const turns = turnMembers.map((name) => members.get(name)).find((span) => span !== undefined);
  if (!turns) return null;
  let { end } = turns;
  if (body[turns.start] === 0x5b) {
    end = turns.start;
    for (const message of readElements(body, turns)) {
      end = message.end;
      if (body[message.start] !== 0x7b) continue;
      if (readString(body, readMembers(body, message.start, message.end).get('role')) === 'user') break;
    }
  }
  const length = end - turns.start;
  const beginning = body.subarray(turns.start, turns.start + Math.min(length, hashedBytes));
  return hash('sha1', Buffer.concat([Buffer.from(`${own}${length}\0`), beginning]), 'base64');
}
