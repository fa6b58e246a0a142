/** The pages of the full window by the first part of their address; `''` is the overview. */
export const pageNames = ['', 'endpoints', 'models', 'keys', 'requests', 'connect', 'settings'] as const;

const placeForm = /^\/(?:(?<page>[a-z]+)(?:\/[\w.~%@:-]+)*)?(?:\?[\w.~%@:&=+-]*)?$/;
const longestPlace = 500;

/** Whether a text is a place in the full window, e.g. `/endpoints/groq`: a page there is, and nothing that could lead elsewhere. */
export function isPlace(text: string): boolean {
  const parts = text.length <= longestPlace ? placeForm.exec(text) : null;
  return parts !== null && pageNames.some((name) => name === (parts.groups?.page ?? ''));
}
