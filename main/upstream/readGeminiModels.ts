import type { ModelListing } from '../contract/modelListing.ts';
import { isFields } from '../protocol/hub/reader.ts';

/** What the gateway can ask a model for; models of other methods (live audio, video, pictures by `predict`) are left out. */
const methods = ['generateContent', 'embedContent', 'batchEmbedContents'];

const positive = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);

/** Google's own Gemini models that converse; Gemma and models for speech or pictures can less. */
const converses = (id: string): boolean => /^gemini-/.test(id) && !/embed|tts|image|audio|live/.test(id);

const parameters = ['tools', 'tool_choice', 'response_format', 'structured_outputs'];

function readModel(model: unknown): ModelListing | null {
  if (!isFields(model) || typeof model.name !== 'string') return null;
  const id = model.name.trim().replace(/^models\//, '');
  const supported = model.supportedGenerationMethods;
  if (id === '' || (Array.isArray(supported) && !methods.some((method) => supported.includes(method))))
    return null;
  const name = typeof model.displayName === 'string' ? model.displayName.trim() : '';
  const gemini = converses(id);
  return {
    id,
    name: name === '' || name === id ? null : name,
    contextTokens: positive(model.inputTokenLimit),
    outputTokens: positive(model.outputTokenLimit),
    inputModalities: gemini ? ['text', 'image', 'audio', 'video', 'file'] : null,
    supportedParameters: gemini
      ? [...parameters, ...(model.thinking === true ? ['reasoning', 'include_reasoning'] : [])]
      : null,
  };
}

/** `{models:[…], nextPageToken:"x"}`. */
export function nextGeminiPage(body: Buffer): string | null {
  const answer = JSON.parse(body.toString('utf8')) as unknown;
  const token = isFields(answer) ? answer.nextPageToken : null;
  return typeof token === 'string' && token !== '' ? `pageToken=${encodeURIComponent(token)}` : null;
}

/** `{models:[{name:"models/x", …}]}`. Throws Error where there is no such list. */
export function readGeminiModels(body: Buffer): ModelListing[] {
  const answer = JSON.parse(body.toString('utf8')) as unknown;
  const list = isFields(answer) ? answer.models : null;
  if (!Array.isArray(list)) throw new Error('the answer holds no list of models');
  return list.map(readModel).filter((listing) => listing !== null);
}
