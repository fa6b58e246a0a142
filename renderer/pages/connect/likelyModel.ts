// Which model a client is set up with until the person picks another. Pure.

/** Programs of one maker ask for that maker's models by themselves. */
const makers: Readonly<Record<string, RegExp>> = {
  claudeCode: /claude/i,
  anthropicSdk: /claude/i,
  codex: /^(gpt|o\d)/i,
  openaiSdk: /^(gpt|o\d)/i,
  geminiCli: /gemini/i,
  googleSdk: /gemini/i,
};

const wellKnown = /^(gpt|o\d|claude|gemini|deepseek|qwen|glm|kimi|grok|mistral|llama)/i;

interface Offered {
  id: string;
  routes: readonly { inactive: boolean }[];
}

/** One that answers now before one that does not, the maker's own before others, a name people know before one they don't. */
export function likelyModel<Model extends Offered>(
  clientId: string,
  models: readonly Model[],
): Model | undefined {
  const worth = ({ id, routes }: Model): number =>
    (routes.some(({ inactive }) => !inactive) ? 4 : 0) +
    (makers[clientId]?.test(id) ? 2 : 0) +
    (wellKnown.test(id) ? 1 : 0);
  const best = Math.max(...models.map(worth));
  return models.find((model) => worth(model) === best);
}
