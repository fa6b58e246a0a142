// What a model's name alone tells with certainty. What its endpoint lists comes before all of this.

/** What a model can be asked for. `media`: speech, transcription, moderation and whatever else has no conversation. */
export type ModelUse = 'chat' | 'embeddings' | 'images' | 'rerank' | 'media';

const uses: readonly (readonly [ModelUse, RegExp])[] = [
  ['rerank', /rerank/],
  ['embeddings', /embed|^(?:bge|e5|gte|m3e|voyage)-|^jina-clip/],
  ['images', /^(?:dall-e|gpt-image|imagen|flux|stable-diffusion|sdxl|sd3)/],
  ['media', /whisper|(?:^|-)tts(?:-|$)|transcribe|realtime|moderation/],
];

/** `openai/gpt-4o` and `models/gemini-2.5-pro` are known by their last part. */
const bareName = (model: string): string => model.slice(model.lastIndexOf('/') + 1).toLowerCase();

export function modelUse(model: string): ModelUse {
  const name = bareName(model);
  return uses.find(([, pattern]) => pattern.test(name))?.[0] ?? 'chat';
}

export interface ModelAbilities {
  readonly inputModalities: readonly string[];
  /** In OpenRouter's words. */
  readonly supportedParameters: readonly string[];
}

const tools = ['tools', 'tool_choice'];
const thinks = [...tools, 'reasoning'];
const sees = ['text', 'image'];

const families: readonly (readonly [RegExp, ModelAbilities])[] = [
  [/^claude-(?!2|instant)/, { inputModalities: [...sees, 'file'], supportedParameters: tools }],
  [
    /^gpt-(?:4o|4\.1|4-turbo)(?!.*(?:audio|search|image))/,
    { inputModalities: sees, supportedParameters: tools },
  ],
  [/^gpt-5(?!.*(?:chat|search|image))/, { inputModalities: sees, supportedParameters: thinks }],
  [/^o(?:1|3|4-mini)(?!-(?:mini|preview))/, { inputModalities: sees, supportedParameters: thinks }],
  [/^o3-mini/, { inputModalities: ['text'], supportedParameters: thinks }],
  [
    /^gemini-(?!.*(?:image|audio|live))/,
    { inputModalities: [...sees, 'audio', 'video', 'file'], supportedParameters: tools },
  ],
];

/** Null for names that tell nothing for sure. */
export function abilitiesOf(model: string): ModelAbilities | null {
  if (modelUse(model) !== 'chat') return null;
  const name = bareName(model);
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
