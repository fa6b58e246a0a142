import { createHash } from 'node:crypto';

/** The fake's opaque proof that it wrote something itself: Anthropic's signature, Gemini's thoughtSignature, OpenAI's encrypted content. */
export function seal(family: 'anthropic' | 'gemini' | 'openai', text: string): string {
  return createHash('sha512').update(`${family}\n${text}`).digest('base64');
}
