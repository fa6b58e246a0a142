// A request for a conversation, read and answered in its dialect.
import type { Answer } from './answer.ts';
import type { Asked, Json } from './asked.ts';
import { chatAnswer } from './chat/chatAnswer.ts';
import { chatRefusal, type Refusal } from './chat/chatRules.ts';
import { readChat } from './chat/readChat.ts';
import type { Fault } from './fault.ts';
import { geminiAnswer } from './gemini/geminiAnswer.ts';
import { geminiRefusal } from './gemini/geminiRules.ts';
import { readGemini } from './gemini/readGemini.ts';
import { type DialectName, inStreamError } from './inStreamError.ts';
import { messagesAnswer } from './messages/messagesAnswer.ts';
import { messagesRefusal } from './messages/messagesRules.ts';
import { readMessages } from './messages/readMessages.ts';
import type { Reply } from './reply.ts';
import { itemsOf, readResponses } from './responses/readResponses.ts';
import { itemsFor, responsesAnswer } from './responses/responsesAnswer.ts';
import { continued, type ResponseStore, responsesRefusal } from './responses/responsesRules.ts';
import type { Surface } from './surface.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';
import type { RequestName } from './wire/requestChecker.ts';

export interface Conversation {
  readonly dialect: DialectName;
  /** The published type of its body. */
  readonly type: RequestName;
  readonly asked: Asked;
  /** What the service refuses beyond its types; null where it would answer. */
  refusal(): Refusal | null;
  answer(reply: Reply, fault: Fault): Answer;
}

const refusalOf = (message: string | null): Refusal | null => (message === null ? null : { message });

function withError(answer: Answer, dialect: DialectName, id?: string): Answer {
  if (!('events' in answer.body)) return answer;
  return { ...answer, body: { ...answer.body, error: (at) => inStreamError[dialect](at, id) } };
}

function geminiConversation(json: Json, model: string, verb: string, request: UpstreamRequest): Conversation {
  const stream = verb === 'streamGenerateContent';
  const form = !stream ? 'whole' : request.query.get('alt') === 'sse' ? 'events' : 'array';
  return {
    dialect: 'gemini',
    type: 'GeminiRequest',
    asked: readGemini(json, model, stream),
    refusal: () => refusalOf(geminiRefusal(json, model)),
    answer: (reply) => withError(geminiAnswer(reply, form), 'gemini'),
  };
}

function responsesConversation(json: Json, store: ResponseStore): Conversation {
  const whole = continued(json, store);
  return {
    dialect: 'responses',
    type: 'ResponsesRequest',
    asked: readResponses(whole),
    refusal: () => responsesRefusal(json, store),
    answer(reply) {
      if (json.store !== false)
        store.set(`resp_${reply.id}`, [
          ...itemsOf(whole),
          ...itemsFor(json, reply).map((item) => ({ ...item })),
        ]);
      return withError(responsesAnswer(json, reply), 'responses', `resp_${reply.id}`);
    },
  };
}

/** Null where the request is none for a conversation. */
export function conversationOf(
  surface: Surface,
  request: UpstreamRequest,
  json: Json,
  store: ResponseStore,
): Conversation | null {
  const { path, deployment } = surface;
  if (surface.name === 'gemini') {
    const [, model, verb] = /^\/models\/(.+):(generateContent|streamGenerateContent)$/.exec(path) ?? [];
    if (model === undefined || verb === undefined) return null;
    return geminiConversation(json, decodeURIComponent(model), verb, request);
  }
  // Azure's dated surface takes the model from the path.
  const named: Json = deployment === null ? json : { ...json, model: deployment };
  switch (path) {
    case '/chat/completions':
      return {
        dialect: 'chat',
        type: surface.name === 'azure' ? 'ChatRequest' : 'CompatibleChatRequest',
        asked: readChat(named, surface.name === 'azure'),
        refusal: () => chatRefusal(named),
        answer: (reply, fault) => chatAnswer(named, fault, reply, surface.name === 'azure'),
      };
    case '/responses':
      return responsesConversation(named, store);
    case '/messages':
      return {
        dialect: 'messages',
        type: messagesType(request),
        asked: readMessages(json),
        refusal: () => refusalOf(messagesRefusal(json)),
        answer: (reply) => withError(messagesAnswer(json, reply), 'messages'),
      };
    default:
      return null;
  }
}

/** Anthropic's newest version has dropped the sampling options; betas are asked for by header or query. */
function messagesType({ headers, query }: UpstreamRequest): RequestName {
  const beta = query.get('beta') === 'true' || headers['anthropic-beta'] !== undefined;
  const dated = headers['anthropic-version'] === '2023-06-01';
  if (beta) return dated ? 'BetaMessagesRequest2023' : 'BetaMessagesRequest';
  return dated ? 'MessagesRequest2023' : 'MessagesRequest';
}
