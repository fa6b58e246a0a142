// What stands in an event of a stream, read as JSON by who must understand it and by who only watches.
import { ForeignEventError } from './hubErrors.ts';
import { type Fields, isFields } from './reader.ts';

const startOf = (data: string): string => data.slice(0, 120);

/** What is wrong with an event that can't be parsed, with its first words. */
export const notJson = (data: string): string => `an event of the stream is no JSON: ${startOf(data)}`;

/** Throws ForeignEventError where it is no JSON. */
export function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new ForeignEventError(notJson(data));
  }
}

/** Throws ForeignEventError where it is no object. */
export function parseEventFields(data: string): Fields {
  const event = parseEvent(data);
  if (!isFields(event)) throw new ForeignEventError(`an event of the stream is no object: ${startOf(data)}`);
  return event;
}

/** The same for a watcher, which lets pass what it can't read: null where it is no object. */
export function peekEventFields(data: string): Fields | null {
  try {
    const event: unknown = JSON.parse(data);
    return isFields(event) ? event : null;
  } catch {
    return null;
  }
}
