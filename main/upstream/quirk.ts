/**
 * What an upstream was found not to accept, so that the next request is repaired beforehand.
 * `drop:NAME` = it refuses the top-level option NAME.
 */
export type Quirk =
  | 'no-stream-options'
  /** Wants `max_completion_tokens` in place of `max_tokens`, or the other way round. */
  | 'max-completion-tokens'
  | 'max-tokens'
  /** Refuses the role `developer`: it becomes `system`. Refuses `system` too: it becomes `user`. */
  | 'no-developer-role'
  | 'no-system-role'
  /** Wants roles to alternate: neighbours of the same role are merged. */
  | 'merge-roles'
  /** Refuses rich JSON Schemas in tools: they are reduced to what all accept. */
  | 'plain-schemas'
  /** Refuses the thinking blocks of earlier turns: they are left out. */
  | 'no-thinking-replay'
  /** Refuses earlier answers that come without what the model thought (DeepSeek, Kimi): a blank stands in. */
  | 'wants-thinking'
  /** Takes ids of nine letters and digits for calls (Mistral). */
  | 'nine-letter-ids'
  /** Wants an answer between the results of tools and the user's next words (Mistral). */
  | 'answer-after-results'
  /** Answers in streams alone (Qwen's thinking models). */
  | 'stream-only'
  /** Takes these efforts of reasoning alone, `efforts:low,medium,high`: others become the nearest. */
  | `efforts:${string}`
  /** Gives answers of so many tokens at most: `most-tokens:8192`. */
  | `most-tokens:${number}`
  /** Takes descriptions of tools of so many characters: `short-descriptions:1024`. */
  | `short-descriptions:${number}`
  | `drop:${string}`;
