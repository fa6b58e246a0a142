// A conversation may go on at OpenAI after others took part in it. What they signed would be refused there as forged.
import { type Bytes, wholeOf } from '../../base/chunkedBytes.ts';
import { readElements, readMembers, spliceBytes } from '../../base/jsonMembers.ts';
import { findCarried } from '../hub/carriedSignature.ts';
import { type Fields, isFields } from '../hub/reader.ts';

const marks = ['"sluice:', '"rs_req_'].map((mark) => Buffer.from(mark));
const OPEN_ARRAY = 0x5b;
const hasMark = (bytes: Bytes): boolean => marks.some((mark) => bytes.includes(mark));

/** The item as its own maker knows it; null where that is not OpenAI. */
function ownItem(item: Fields): Fields | null {
  if (item.type !== 'reasoning' && item.type !== 'item_reference') return item;
  const { id, encrypted_content: content, ...rest } = item;
  const carried = typeof content === 'string' ? findCarried(content) : null;
  if (carried) {
    if (carried.signature.family !== 'openai') return null;
    const ownId = carried.id === null ? {} : { id: carried.id };
    return { ...rest, ...ownId, encrypted_content: carried.signature.value };
  }
  // An id of ours with nothing sealed behind it is known to nobody.
  const isOurs = typeof id === 'string' && id.startsWith('rs_req_');
  return isOurs && typeof content !== 'string' ? null : item;
}

/** The same bytes where nothing is carried in them, null where the item is to be left out. */
function ownBytes(bytes: Buffer): Buffer | null {
  if (!hasMark(bytes)) return bytes;
  const item = JSON.parse(bytes.toString()) as unknown;
  const own = isFields(item) ? ownItem(item) : item;
  if (own === item) return bytes;
  return own === null ? null : Buffer.from(JSON.stringify(own));
}

/**
 * A request for /v1/responses that passes through unchanged but for this: reasoning of other makers is left out of `input`, and
 * OpenAI's own is put back as it was. The same buffer where there is none. The body must be valid JSON.
 */
export function ownReasoningOnly(sent: Bytes): Bytes {
  if (!hasMark(sent)) return sent;
  const body = wholeOf(sent);
  const input = readMembers(body).get('input');
  if (!input || body[input.start] !== OPEN_ARRAY) return sent;
  const items = [...readElements(body, input)].map(({ start, end }) => body.subarray(start, end));
  const own = items.map(ownBytes);
  if (own.every((bytes, at) => bytes === items[at])) return sent;
  const text = `[${own.filter((bytes) => bytes !== null).join(',')}]`;
  return spliceBytes(body, [{ ...input, text }]);
}
