// Errors as on-demand.io tells them: an `errorCode` and a `message`, in the body of an answer, or behind `[ERROR]:` in a stream.
import { type Fields, isFields } from '../hub/reader.ts';

export interface OndemandFault {
  readonly message: string;
  readonly code: string | null;
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** Null where the object is no error. */
export function findOndemandFault(fields: Fields): OndemandFault | null {
  const code = textOf(fields.errorCode);
  if (code === null) return null;
  return { message: textOf(fields.message) ?? `the upstream failed: ${code}`, code };
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
