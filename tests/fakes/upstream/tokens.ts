/** Pieces a text is streamed in; each counts as one token. Joined they give the text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
}

/** Every string in a value, joined: what a prompt is made of, wherever it stands. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textIn).join(' ');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textIn).join(' ');
  return '';
}
