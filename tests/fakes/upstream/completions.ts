import { type Answer, jsonAnswer, streamAnswer } from './answer.ts';
import type { Json } from './asked.ts';
import { textIn, tokensOf } from './tokens.ts';

/** The answer to POST /completions, the old kind. */
export function completionsAnswer(json: Json, voice: { id: number; text: string }): Answer {
  const base = {
    id: `cmpl-${voice.id}`,
    object: 'text_completion',
    created: 1_760_000_000,
    model: json.model,
  };
  const input = tokensOf(textIn(json.prompt)).length;
  const tokens = tokensOf(voice.text);
  const usage = {
    prompt_tokens: input,
    completion_tokens: tokens.length,
    total_tokens: input + tokens.length,
  };
  const choice = (text: string, finish: string | null) => ({
    index: 0,
    text,
    logprobs: null,
    finish_reason: finish,
  });
  if (json.stream !== true) return jsonAnswer({ ...base, choices: [choice(voice.text, 'stop')], usage });
  return streamAnswer([
    ...tokens.map((token) => ({ ...base, choices: [choice(token, null)] })),
    { ...base, choices: [choice('', 'stop')], usage },
  ]);
}
