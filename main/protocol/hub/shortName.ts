import { hash } from 'node:crypto';

/** The text itself where it is short enough, else a digest of it: OpenAI counts the characters of ids and user names. */
export function shortName(text: string, most: number, prefix = ''): string {
  return text.length <= most ? text : prefix + hash('sha1', text, 'hex').slice(0, most - prefix.length);
}
