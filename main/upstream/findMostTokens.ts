const name = '[`\'"]?max_(?:completion_|output_)?tokens[`\'"]?';

/** OpenAI; DeepSeek and DashScope; Groq. Anthropic's is the caller's to mend: a budget to think with may stand below it. */
const wordings: readonly RegExp[] = [
  new RegExp(`${name}[\\s\\S]{0,40}supports at most (\\d+) (?:completion|output) tokens`, 'i'),
  new RegExp(`range of ${name} (?:is|should be) \\[\\s*\\d+\\s*,\\s*(\\d+)\\s*\\]`, 'i'),
  new RegExp(`${name} must be (?:less than or equal to|at most|<=) [\`'"]?(\\d+)`, 'i'),
];
/** Gemini says the first number that is too many. */
const exclusive = /maxOutputTokens[\s\S]{0,80} to (\d+) \(exclusive\)/i;

/** The most tokens an answer may have, where an upstream refuses a request for more and says so; else null. */
export function findMostTokens(text: string): number | null {
  for (const wording of wordings) {
    const most = Number(wording.exec(text)?.[1] ?? 0);
    if (most > 0) return most;
  }
  const above = Number(exclusive.exec(text)?.[1] ?? 0);
  return above > 1 ? above - 1 : null;
}
