import { pathSegment } from './pathSegment.ts';

/** The root of the API: with or without a version, or with the OpenAI-compatible path pasted. `v1` lacks too much to be used. */
function geminiRoot(baseUrl: string): string {
  const match = /^(.*?)\/(v1(?:alpha|beta)?\d*)(?:\/(?:openai|models)(?:\/.*)?)?$/i.exec(baseUrl);
  if (!match) return `${baseUrl}/v1beta`;
  const [, origin = '', version = ''] = match;
  return `${origin}/${version.toLowerCase() === 'v1' ? 'v1beta' : version}`;
}

/** A model's full name: `models/x`, or `tunedModels/x` as it is. */
export function geminiModelName(model: string): string {
  return /^(?:models|tunedModels)\//.test(model) ? model : `models/${model}`;
}

/** `method` as in `generateContent`, with its query. */
export function geminiUrl(baseUrl: string, model: string, method: string): string {
  const path = geminiModelName(model).split('/').map(pathSegment).join('/');
  return `${geminiRoot(baseUrl)}/${path}:${method}`;
}

export const geminiListUrl = (baseUrl: string): string => `${geminiRoot(baseUrl)}/models?pageSize=1000`;
