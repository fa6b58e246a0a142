// Which path is answered by what; the base URL may carry the version or not.
import { type Answer, errorAnswer, jsonAnswer } from './answer.ts';
import type { Json } from './asked.ts';
import { completionsAnswer } from './completions.ts';
import { embeddingsAnswer } from './embeddings.ts';
import { geminiEmbedding, geminiEmbeddings, geminiModels, geminiTokenCount } from './gemini/geminiSurface.ts';
import { imagesAnswer, speechAnswer, transcriptionAnswer } from './media.ts';
import { statusError } from './statusError.ts';
import type { Surface } from './surface.ts';
import { textIn, tokensOf } from './tokens.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';
import type { RequestName } from './wire/requestChecker.ts';

function modelEntry({ name }: Surface, id: string): Json {
  if (name === 'anthropic')
    return { id, type: 'model', display_name: `Fake ${id}`, created_at: '2025-10-01T00:00:00Z' };
  return { id, object: 'model', created: 1_760_000_000, owned_by: 'fake' };
}

function modelsAnswer(surface: Surface, models: readonly string[]): Answer {
  const given = /^\/models\/(.+)$/.exec(surface.path)?.[1];
  const id = given === undefined ? undefined : decodeURIComponent(given);
  if (surface.name === 'gemini') return geminiModels(models, id);
  if (id === undefined) {
    const data = models.map((model) => modelEntry(surface, model));
    const pages = { has_more: false, first_id: models[0] ?? null, last_id: models.at(-1) ?? null };
    return jsonAnswer(surface.name === 'anthropic' ? { data, ...pages } : { object: 'list', data });
  }
  if (models.includes(id)) return jsonAnswer(modelEntry(surface, id));
  const message = surface.name === 'anthropic' ? `model: ${id}` : `The model '${id}' does not exist`;
  return statusError(surface.name, 404, { message, code: 'model_not_found' });
}

function moderationAnswer(json: Json): Answer {
  const inputs = Array.isArray(json.input) ? json.input : [json.input];
  const results = inputs.map((input) => ({
    flagged: textIn(input).includes('forbidden'),
    categories: { violence: false },
    category_scores: { violence: 0.01 },
  }));
  return jsonAnswer({ id: 'modr-1', model: json.model ?? 'omni-moderation-latest', results });
}

function rerankAnswer(json: Json): Answer {
  const documents = Array.isArray(json.documents) ? json.documents : [];
  const results = documents
    .map((document, index) => ({ index, relevance_score: 1 / (1 + textIn(document).length) }))
    .sort((a, b) => b.relevance_score - a.relevance_score);
  return jsonAnswer({
    id: 'rr-1',
    model: json.model,
    results,
    usage: { total_tokens: tokensOf(textIn(json)).length },
  });
}

/** What is neither a conversation nor a model list. */
interface Service {
  /** The published type of its body, where it is held to one. */
  readonly type: RequestName | null;
  answer(): Answer;
}

const untyped = (answer: () => Answer): Service => ({ type: null, answer });

function geminiService(path: string, json: Json): Service | null {
  switch (/:(\w+)$/.exec(path)?.[1]) {
    case 'countTokens':
      return { type: 'GeminiCountRequest', answer: () => geminiTokenCount(json) };
    case 'embedContent':
      return { type: 'GeminiEmbedding', answer: () => geminiEmbedding(json) };
    case 'batchEmbedContents':
      return { type: 'GeminiEmbeddings', answer: () => geminiEmbeddings(json) };
    default:
      return null;
  }
}

/** Null where nothing answers under the path. */
export function serviceOf(
  surface: Surface,
  request: UpstreamRequest,
  voice: { id: number; text: string },
): Service | null {
  const json = request.json ?? {};
  if (surface.name === 'gemini') return geminiService(surface.path, json);
  switch (surface.path) {
    case '/messages/count_tokens': {
      const beta = request.query.get('beta') === 'true' || request.headers['anthropic-beta'] !== undefined;
      const prompt = textIn([json.system, json.messages, json.tools]);
      return {
        type: beta ? 'BetaCountTokensRequest' : 'CountTokensRequest',
        answer: () => jsonAnswer({ input_tokens: tokensOf(prompt).length }),
      };
    }
    case '/completions':
      return untyped(() => completionsAnswer(json, voice));
    case '/embeddings':
      return { type: 'EmbeddingsRequest', answer: () => embeddingsAnswer(json) };
    case '/moderations':
      return untyped(() => moderationAnswer(json));
    case '/rerank':
      return untyped(() => rerankAnswer(json));
    case '/images/generations':
    case '/images/edits':
    case '/images/variations':
      return untyped(() => imagesAnswer(request));
    case '/audio/speech':
      return untyped(speechAnswer);
    case '/audio/transcriptions':
    case '/audio/translations':
      return untyped(() => transcriptionAnswer(request));
    default:
      return null;
  }
}

/** What is refused before any body is looked into, and the model lists; null for all else. */
export function answerWithoutBody(
  surface: Surface,
  request: UpstreamRequest,
  models: readonly string[],
): Answer | null {
  if (request.method === 'GET' && /^\/models(\/|$)/.test(surface.path)) return modelsAnswer(surface, models);
  if (surface.deployment !== null && !request.query.has('api-version'))
    return errorAnswer(404, { message: 'Resource not found', code: '404' });
  if (request.method !== 'POST')
    return statusError(surface.name, 405, { message: `No ${request.method} here.` });
  if (surface.name === 'anthropic' && request.headers['anthropic-version'] === undefined)
    return statusError('anthropic', 400, { message: 'anthropic-version: header is required' });
  if (request.json || request.form) return null;
  return statusError(surface.name, 400, { message: 'We could not parse the body of your request.' });
}

export function nothingHere(surface: Surface, request: UpstreamRequest): Answer {
  return statusError(surface.name, 404, { message: `Invalid URL (POST ${request.path})` });
}
