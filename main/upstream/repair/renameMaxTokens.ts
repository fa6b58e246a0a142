import type { BodyDraft } from './bodyDraft.ts';

function rename(draft: BodyDraft, from: string, to: string): void {
  if (!draft.has(from)) return;
  if (!draft.has(to)) draft.set(to, draft.read(from));
  draft.drop(from);
  draft.note(`sent ${from} as ${to}`);
}

/** OpenAI chat has two names for the limit of an answer, and most servers know one of them. */
export function renameMaxTokens(draft: BodyDraft, wanted: 'max_tokens' | 'max_completion_tokens'): void {
  if (wanted === 'max_tokens') rename(draft, 'max_completion_tokens', 'max_tokens');
  else rename(draft, 'max_tokens', 'max_completion_tokens');
}
