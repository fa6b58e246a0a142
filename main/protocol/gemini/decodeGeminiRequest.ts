// What a Gemini client asks (v1beta, generateContent) -> the hub.
import { GatewayError } from '../../base/gatewayError.ts';
import type { ClientNames } from '../hub/clientNames.ts';
import { optionalText } from '../hub/reader.ts';
import type { JsonObject, Turn } from '../hub/turn.ts';
import { decodeConfig } from './decodeGeminiConfig.ts';
import { decodeContents, decodeSystem } from './decodeGeminiContents.ts';
import { decodeToolChoice, decodeTools } from './decodeGeminiTools.ts';
import { camelFields, optionalItems } from './geminiFields.ts';

const clientNames: ClientNames = new Map([
  ['max_tokens', 'maxOutputTokens'],
  ['stop', 'stopSequences'],
  ['top_p', 'topP'],
  ['top_k', 'topK'],
  ['presence_penalty', 'presencePenalty'],
  ['frequency_penalty', 'frequencyPenalty'],
  ['logprobs', 'responseLogprobs'],
  ['top_logprobs', 'logprobs'],
  ['n', 'candidateCount'],
  ['reasoning', 'thinkingConfig'],
  ['reasoning_effort', 'thinkingConfig'],
  ['service_tier', 'serviceTier'],
]);

/** Gemini's `standard` is everyone else's `default`. */
function readTier(tier: string | null): string | null {
  const name = tier?.toLowerCase().replace('service_tier_', '') ?? '';
  if (name === '' || name === 'unspecified') return null;
  return name === 'standard' ? 'default' : name;
}

/** Harmless to leave out: what Google alone does with a request. */
const ownSettings = ['safetySettings', 'labels'];

/** Throws GatewayError `invalid_request` with the field that is wrong and what to do. */
export function decodeGeminiRequest(body: JsonObject, from: { model: string; stream: boolean }): Turn {
  const request = camelFields(body);
  if (request.cachedContent)
    throw new GatewayError(
      'invalid_request',
      '"cachedContent" is kept at Google and only an endpoint of kind "gemini" can read it: send the whole contents instead.',
      { param: 'cachedContent' },
    );
  const { messages, dropped } = decodeContents(optionalItems(request, 'contents'));
  if (messages.length === 0)
    throw new GatewayError('invalid_request', '"contents" must hold at least one content with a part.', {
      param: 'contents',
    });
  const config = decodeConfig(request);
  const isGiven = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return {
    model: from.model,
    stream: from.stream,
    messages: [...decodeSystem(request.systemInstruction), ...messages],
    tools: decodeTools(request),
    toolChoice: decodeToolChoice(request),
    parallelToolCalls: null,
    user: null,
    cacheKey: null,
    verbosity: null,
    serviceTier: readTier(optionalText(request, 'serviceTier')),
    ...config,
    dropped: [...dropped, ...config.dropped, ...ownSettings.filter((name) => isGiven(request[name]))],
    clientNames,
  };
}
