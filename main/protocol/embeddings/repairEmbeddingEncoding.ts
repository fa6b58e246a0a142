// Some OpenAI-compatible servers answer numbers where base64 was asked for; openai-node then reads nothing but zeros (clients.md section 9).
import { type Fields, isFields } from '../hub/reader.ts';
import { writeFloats } from './floatBase64.ts';

const KEY = Buffer.from('"embedding"');
const OPEN = 0x5b;

/** The first vector is a list of numbers. The word stands as a value too (`"object":"embedding"`): only a colon makes it a name. */
function holdsNumbers(body: Buffer): boolean {
  for (let found = body.indexOf(KEY); found >= 0; found = body.indexOf(KEY, found + KEY.length)) {
    const behind = body.toString('latin1', found + KEY.length, found + KEY.length + 64);
    const opening = /^\s*:\s*(\S)/.exec(behind)?.[1];
    if (opening !== undefined) return opening.charCodeAt(0) === OPEN;
  }
  return false;
}

/** Null where it is no vector of numbers. */
function repair(item: unknown): Fields | null {
  const vector = isFields(item) ? item.embedding : null;
  if (!Array.isArray(vector) || !vector.every((value) => typeof value === 'number')) return null;
  return { ...(item as Fields), embedding: writeFloats(vector) };
}

/** The body with its vectors in base64; null where there is nothing to be done. For answers to requests that asked for base64. */
export function repairEmbeddingEncoding(body: Buffer): Buffer | null {
  if (!holdsNumbers(body)) return null;
  try {
    const answer = JSON.parse(body.toString('utf8')) as unknown;
    if (!isFields(answer) || !Array.isArray(answer.data)) return null;
    const data = (answer.data as unknown[]).map(repair);
    return data.includes(null) ? null : Buffer.from(JSON.stringify({ ...answer, data }));
  } catch {
    return null;
  }
}
