// OpenAI's own models, by name: they refuse what they do not know, and their reasoning models much of what they once knew.

/** The model's name without a router's `maker/`, and without the mark of a fine-tune. */
const bare = (model: string): string => (model.split('/').at(-1) ?? model).toLowerCase().replace(/^ft:/, '');

/** Open-weight `gpt-oss` is served by others, under other rules. */
export function isOpenAiModel(model: string): boolean {
  return /^(?:gpt-(?!oss)|chatgpt-|o\d|codex-)/.test(bare(model));
}

/** o1, o3, o4, gpt-5 and what came after: `max_completion_tokens`, and no choice of temperature. */
export function isOpenAiReasoner(model: string): boolean {
  const name = bare(model);
  return /^(?:o\d|codex-|gpt-(?:[5-9]|1\d)(?![\d]))/.test(name) && !name.startsWith('gpt-5-chat');
}
