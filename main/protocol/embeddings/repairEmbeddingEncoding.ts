// Some OpenAI-compatible servers answer numbers where base64 was asked for; openai-node then reads nothing but zeros (clients.md section 9).
import { isFields } from '../hub/reader.ts';
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

function repair(item: unknown): unknown {
  if (!isFields(item) || !Array.isArray(item.embedding)) return item;
  return { ...item, embedding: writeFloats(item.embedding as number[]) };
}

/** The body with its vectors in base64; null where there is nothing to be done. For answers to requests that asked for base64. */
export function repairEmbeddingEncoding(body: Buffer): Buffer | null {
  if (!holdsNumbers(body)) return null;
  try {
    const answer = JSON.parse(body.toString('utf8')) as unknown;
    if (!isFields(answer) || !Array.isArray(answer.data)) return null;
    return Buffer.from(JSON.stringify({ ...answer, data: (answer.data as unknown[]).map(repair) }));
  } catch {
    return null;
  }
}
