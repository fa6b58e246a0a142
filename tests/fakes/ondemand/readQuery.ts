// Reads a query as the service does: in its order, in its words where they are known.
import type { Answer } from '../upstream/answer.ts';
import type { EmulatedEndpoint } from './endpoints.ts';
import { invalidRequest, notActive, refusal } from './refusal.ts';
import type { SessionTurn } from './sessions.ts';

export interface AskedQuery {
  readonly query: string;
  readonly endpoint: EmulatedEndpoint;
  readonly mode: SessionTurn['mode'];
  readonly prompt: string | null;
  readonly stopSequences: readonly string[];
  /** All of it, as it came. */
  readonly body: Json;
}

type Json = Readonly<Record<string, unknown>>;

const modes = ['sync', 'stream', 'webhook'] as const;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** Documented ranges; that the service refuses what is outside is the emulator's guess. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  temperature: [0, 2],
  topP: [0, 1],
  presencePenalty: [0, 2],
  frequencyPenalty: [0, 2],
};

function configRefusal(configs: Json): Answer | null {
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = configs[name];
    if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) continue;
    return invalidRequest(`modelConfigs.${name} must be a number from ${least} to ${most}`);
  }
  const stops = configs.stopSequences;
  if (
    stops !== undefined &&
    (!Array.isArray(stops) || stops.length > 4 || stringsIn(stops).length < stops.length)
  )
    return invalidRequest('modelConfigs.stopSequences must be at most 4 strings');
  return null;
}

/** Plugins were taken out of service: any of them makes the query invalid. */
function agentRefusal(body: Json): Answer | null {
  const wrong = stringsIn(body.pluginIds).map((id) => id.replace(/^plugin-/, 'agent-'));
  if (wrong.length === 0) return null;
  const message = `One or more agents are invalid: ${wrong.join(', ')}`;
  return refusal(400, 'invalid_request', message, { invalidAgentIds: wrong });
}

/** An endpointId may carry a fault, `predefined-kimi-k3!cut@3`; that part is not the service's. */
export function endpointIdOf(body: Json | undefined): string | null {
  const id = body?.endpointId;
  return typeof id === 'string' && id !== '' ? (id.split('!')[0] ?? null) : null;
}

export function readQuery(
  body: Json | undefined,
  endpoints: readonly EmulatedEndpoint[],
): { asked: AskedQuery } | { refused: Answer } {
  const refuse = (refused: Answer) => ({ refused });
  if (!body) return refuse(invalidRequest('The body must be a JSON object'));
  const endpointId = endpointIdOf(body);
  if (endpointId === null) return refuse(invalidRequest('endpointId is required'));
  const endpoint = endpoints.find(({ id, active }) => id === endpointId && active);
  if (!endpoint) return refuse(notActive(endpointId));
  const mode = modes.find((known) => known === body.responseMode);
  if (!mode) return refuse(invalidRequest('responseMode must be one of sync, stream, webhook'));
  const effort = body.reasoningEffort;
  if (effort !== undefined && effort !== 'low' && effort !== 'medium' && effort !== 'max')
    return refuse(invalidRequest('reasoningEffort must be one of low, medium, max'));
  if (typeof body.query !== 'string' || body.query === '') return refuse(invalidRequest('query is required'));
  const configs = body.modelConfigs ?? {};
  if (!isObject(configs)) return refuse(invalidRequest('modelConfigs must be an object'));
  const refused = configRefusal(configs) ?? agentRefusal(body);
  if (refused) return refuse(refused);
  const { fulfillmentPrompt } = configs;
  return {
    asked: {
      query: body.query,
      endpoint,
      mode,
      prompt: typeof fulfillmentPrompt === 'string' && fulfillmentPrompt !== '' ? fulfillmentPrompt : null,
      stopSequences: stringsIn(configs.stopSequences),
      body,
    },
  };
}
