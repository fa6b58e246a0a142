// Errors as on-demand.io tells them: an `errorCode` and a `message`, in the body of an answer, or behind `[ERROR]:` in a stream.
import { type Fields, isFields } from '../hub/reader.ts';

export interface OndemandFault {
  readonly message: string;
  readonly code: string | null;
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** The code too, where the message does not say as much: in a stream there is no status that would tell. */
function withCode(message: string, code: string): string {
  const said = message.toLowerCase().replace(/[^a-z]+/g, ' ');
  return said.includes(code.toLowerCase().replace(/[^a-z]+/g, ' ')) ? message : `${message} (${code})`;
}

/** Null where the object is no error. */
export function findOndemandFault(fields: Fields): OndemandFault | null {
  const code = textOf(fields.errorCode);
  if (code === null) return null;
  const message = textOf(fields.message);
  return { message: message === null ? `the upstream failed: ${code}` : withCode(message, code), code };
}

const mark = '[ERROR]';

/** What an event's data says after `[ERROR]:`; null where it does not begin so. */
export function readErrorMark(data: string): OndemandFault | null {
  if (!data.startsWith(mark)) return null;
  const rest = data.slice(mark.length).replace(/^:/, '').trim();
  const unsaid = {
    message: rest === '' ? 'the upstream failed without a word' : rest.slice(0, 300),
    code: null,
  };
  try {
    const parsed: unknown = JSON.parse(rest);
    if (!isFields(parsed)) return unsaid;
    const message = textOf(parsed.message);
    return findOndemandFault(parsed) ?? (message === null ? unsaid : { message, code: null });
  } catch {
    return unsaid;
  }
}
