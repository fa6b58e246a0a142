// One request to its answer: whose it is, whether it may, whether it is well formed, and what is said to it.
import type { Answer } from './answer.ts';
import { conversationOf } from './conversations.ts';
import type { Fault } from './fault.ts';
import type { DialectName } from './inStreamError.ts';
import type { JournalEntry } from './journal.ts';
import { replacement } from './replacements.ts';
import { decideReply } from './reply.ts';
import type { ResponseStore } from './responses/responsesRules.ts';
import { answerWithoutBody, nothingHere, serviceOf } from './routes.ts';
import { statusError } from './statusError.ts';
import { credentialOf, type Surface, surfaceOf } from './surface.ts';
import { textIn } from './tokens.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';
import { violationAnswer, violationText } from './violations.ts';
import type { RequestChecker, RequestName } from './wire/requestChecker.ts';

export interface Respond {
  readonly name: string;
  readonly keys: readonly string[] | null;
  readonly models: readonly string[];
  readonly strictModels: boolean;
  readonly cachedTokens: number;
  readonly redirectTo: string;
  readonly reply: ((request: UpstreamRequest) => string) | null;
  /** Holds requests to the published types and the service's own rules; null where anything goes. */
  readonly check: RequestChecker | null;
  /** Answers of OpenAI's responses that a request may go on from. */
  readonly stored: ResponseStore;
}

const noKey = {
  openai: 'Incorrect API key provided.',
  azure:
    'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
  anthropic: 'invalid x-api-key',
  gemini: 'API key not valid. Please pass a valid API key.',
} as const;

function admission(surface: Surface, request: UpstreamRequest, options: Respond): Answer | null {
  const { name } = surface;
  if (options.keys && !options.keys.includes(credentialOf(surface, request) ?? '')) {
    // Google answers a bad key with 400.
    const code = name === 'azure' ? '401' : 'invalid_api_key';
    return statusError(name, name === 'gemini' ? 400 : 401, { message: noKey[name], code });
  }
  if (options.strictModels && request.model !== null && !options.models.includes(request.model)) {
    const message =
      name === 'anthropic'
        ? `model: ${request.model}`
        : `The model \`${request.model}\` does not exist or you do not have access to it.`;
    return statusError(name, 404, { message, code: 'model_not_found' });
  }
  return null;
}

function typeRefusal(
  surface: Surface,
  type: RequestName | null,
  body: unknown,
  entry: JournalEntry,
  { check }: Respond,
): Answer | null {
  const violation = type === null ? null : check?.(type, body);
  if (!violation) return null;
  entry.violation = violationText(violation);
  return violationAnswer(surface.name, violation);
}

/** Text of the last message, whoever said it, or of the prompt: what the fake echoes. */
function lastText(request: UpstreamRequest): string {
  const messages = request.json?.messages;
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : request.json?.prompt;
  return typeof last === 'object' && last !== null && 'content' in last ? textIn(last.content) : textIn(last);
}

export function respond(
  request: UpstreamRequest,
  fault: Fault,
  entry: JournalEntry,
  options: Respond,
): Answer {
  const surface = surfaceOf(request);
  const json = request.json ?? {};
  const conversation =
    request.method === 'POST' ? conversationOf(surface, request, json, options.stored) : null;
  entry.asked = conversation?.asked ?? null;
  const dialects = { openai: 'chat', azure: 'chat', anthropic: 'messages', gemini: 'gemini' } as const;
  const dialect: DialectName = conversation?.dialect ?? dialects[surface.name];
  const refused =
    replacement(fault, {
      surface: surface.name,
      dialect,
      model: request.model,
      stream: conversation?.asked.stream ?? json.stream === true,
      redirectTo: options.redirectTo,
    }) ??
    admission(surface, request, options) ??
    answerWithoutBody(surface, request, options.models);
  if (refused) return refused;
  const given = options.reply?.(request) ?? null;
  if (!conversation) {
    const text = given ?? `${options.name} says: ${lastText(request)}`;
    const service = serviceOf(surface, request, { id: entry.id, text });
    if (!service) return nothingHere(surface, request);
    return typeRefusal(surface, service.type, json, entry, options) ?? service.answer();
  }
  const wrong = typeRefusal(surface, conversation.type, bodyOf(surface, json), entry, options);
  if (wrong) return wrong;
  const refusal = options.check ? conversation.refusal() : null;
  if (refusal) {
    entry.violation = refusal.message;
    return statusError(surface.name, 400, refusal);
  }
  const { name, cachedTokens } = options;
  const reply = decideReply(conversation.asked, { id: entry.id, name, text: given, cachedTokens });
  entry.said = reply;
  return conversation.answer(reply, fault);
}

/** Azure's dated surface has the model in the path, so that the body need not name it. */
function bodyOf({ deployment }: Surface, json: Record<string, unknown>): Record<string, unknown> {
  return deployment === null ? json : { model: deployment, ...json };
}
