// A client may go on with Gemini where another maker's model began. Google refuses signatures it did not make.
import type { Bytes } from '../../base/chunkedBytes.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import { noSignature, readSignature } from './geminiSignature.ts';

/** How the signatures of others that we hand out begin, in a body's bytes. */
const sign = Buffer.from('c2x1aWNlO');

/** The part as Google takes it; null where nothing of it is left. */
function ownPart(part: unknown): unknown {
  if (!isFields(part)) return part;
  const { thoughtSignature, ...rest } = part;
  const carried = readSignature(thoughtSignature);
  if (!carried || carried.signature.family === 'gemini') return part;
  if ('functionCall' in part) return { ...rest, thoughtSignature: noSignature };
  return part.thought === true ? null : rest;
}

function ownContent(content: unknown): unknown {
  if (!isFields(content) || !Array.isArray(content.parts)) return content;
  const parts = content.parts.map(ownPart).filter((part) => part !== null);
  return parts.length === 0 ? null : { ...content, parts };
}

/** A request that passes through, without what other makers' models signed; the same buffer where there is nothing of theirs. */
export function ownThoughtsOnly(body: Bytes): Bytes {
  if (!body.includes(sign)) return body;
  const request = JSON.parse(body.toString('utf8')) as Fields;
  if (!Array.isArray(request.contents)) return body;
  const contents = request.contents.map(ownContent).filter((content) => content !== null);
  return Buffer.from(JSON.stringify({ ...request, contents }));
}
