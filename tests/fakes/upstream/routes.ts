// Which path is answered by what; the base URL may carry /v1 or not.
import { type Answer, errorAnswer, jsonAnswer } from './answer.ts';
import { chatAnswer, type Voice } from './chat.ts';
import { completionsAnswer } from './completions.ts';
import { embeddingsAnswer } from './embeddings.ts';
import type { Fault } from './fault.ts';
import { imagesAnswer, speechAnswer, transcriptionAnswer } from './media.ts';
import { textIn, tokensOf } from './tokens.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';

function modelEntry(id: string) {
  return { id, object: 'model', created: 1_760_000_000, owned_by: 'fake' };
}

function modelsAnswer(path: string, models: readonly string[]): Answer {
  const id = /^\/models\/(.+)$/.exec(path)?.[1];
  if (id === undefined) return jsonAnswer({ object: 'list', data: models.map(modelEntry) });
  const wanted = decodeURIComponent(id);
  return models.includes(wanted)
    ? jsonAnswer(modelEntry(wanted))
    : errorAnswer(404, { message: `The model '${wanted}' does not exist`, code: 'model_not_found' });
}

function moderationAnswer(json: Record<string, unknown>): Answer {
  const inputs = Array.isArray(json.input) ? json.input : [json.input];
  const results = inputs.map((input) => ({
    flagged: textIn(input).includes('forbidden'),
    categories: { violence: false },
    category_scores: { violence: 0.01 },
  }));
  return jsonAnswer({ id: 'modr-1', model: json.model ?? 'omni-moderation-latest', results });
}

function rerankAnswer(json: Record<string, unknown>): Answer {
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

/** The right answer to a request, before its fault. */
export function rightAnswer(
  request: UpstreamRequest,
  fault: Fault,
  about: { voice: Voice; models: readonly string[] },
): Answer {
  const path = request.path.replace(/^(\/v1)+(?=\/)/, '');
  const json = request.json ?? {};
  if (request.method === 'GET' && /^\/models(\/|$)/.test(path)) return modelsAnswer(path, about.models);
  if (request.method !== 'POST') return errorAnswer(405, { message: `No ${request.method} here.` });
  if (!request.json && !request.form)
    return errorAnswer(400, { message: 'We could not parse the body of your request.' });
  switch (path) {
    case '/chat/completions':
      return chatAnswer(json, fault, about.voice);
    case '/completions':
      return completionsAnswer(json, about.voice);
    case '/embeddings':
      return embeddingsAnswer(json);
    case '/moderations':
      return moderationAnswer(json);
    case '/rerank':
      return rerankAnswer(json);
    case '/images/generations':
    case '/images/edits':
    case '/images/variations':
      return imagesAnswer(request);
    case '/audio/speech':
      return speechAnswer();
    case '/audio/transcriptions':
    case '/audio/translations':
      return transcriptionAnswer(request);
    default:
      return errorAnswer(404, { message: `Invalid URL (POST ${request.path})` });
  }
}
