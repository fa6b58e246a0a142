/** What a model's name says of it. Sources: ai.google.dev, models and thinking; the capability table of @ai-sdk/google. */
export interface GeminiModel {
  /** 2.5, 3, 3.1 …; null where the name is not one of Google's. `-latest` and names without a number count as 3. */
  readonly generation: number | null;
  readonly pro: boolean;
  readonly flash: boolean;
  readonly lite: boolean;
  readonly gemma: boolean;
  /** How it is told to think: not at all, in tokens (2.5), or in words (3 and later). */
  readonly thinks: 'not' | 'budget' | 'level';
}

function thinkingOf(name: string, generation: number | null): GeminiModel['thinks'] {
  if (generation === null || generation < 2.5) return 'not';
  if (/tts|native-audio|-live|embedding|robotics|computer-use/.test(name)) return 'not';
  const draws = name.includes('image');
  if (generation < 3) return draws ? 'not' : 'budget';
  return draws && generation === 3 ? 'budget' : 'level';
}

/** `name` with or without `models/` or another path before it. */
export function geminiModel(name: string): GeminiModel {
  const last = name.toLowerCase().split('/').at(-1) ?? '';
  const found = /gemini(?:-(\d+(?:\.\d+)?))?/.exec(last);
  const generation = found ? Number(found[1] ?? 3) : null;
  return {
    generation,
    pro: generation !== null && /-pro\b/.test(last),
    flash: generation !== null && /-flash\b/.test(last),
    lite: /-lite\b/.test(last),
    gemma: /^gemma-[1-3]/.test(last),
    thinks: thinkingOf(last, generation),
  };
}
