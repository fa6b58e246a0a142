// What an endpoint's `options` mean. The window reads them too, so nothing of the schemas, and no zod, comes in here.

/**
 * The repairs a request may get for its upstream's sake: `dropOptions` leaves out options the upstream refuses, and remembers, or
 * asks for the nearest effort it takes; `maxTokens` renames `max_tokens` and `max_completion_tokens`, and lowers them; `roles` converts developer and system messages, merges
 * neighbours of one role, and spells ids and the order of messages as Mistral wants them; `schemas` reduces tool schemas, and shortens descriptions that are too long; `thinking` leaves out
 * thinking of earlier turns, or puts a blank where it is missed; `streamOptions` leaves out `stream_options`, and asks for a stream where nothing else is given.
 */
export const repairNames = [
  'dropOptions',
  'maxTokens',
  'roles',
  'schemas',
  'thinking',
  'streamOptions',
] as const;
export type RepairName = (typeof repairNames)[number];

/** Which API conversations are put to; `auto`: Responses for clients that speak it, where the endpoint is known to have it. */
export const apiChoices = ['auto', 'chat', 'responses'] as const;
export type ApiChoice = (typeof apiChoices)[number];

/** Where on-demand.io gets the system's text: in the query, or as `modelConfigs.fulfillmentPrompt`. */
export const systemPromptPlaces = ['query', 'fulfillment'] as const;
export type SystemPromptPlace = (typeof systemPromptPlaces)[number];

/** Minutes after which a session of on-demand.io is not continued, unless the options say otherwise. */
export const usualSessionMinutes = 30;

type Options = Readonly<Record<string, unknown>>;

/** Which repairs are switched on: all, unless the options say otherwise. */
export function repairSwitches({ repairs }: Options): Record<RepairName, boolean> {
  const switches = (typeof repairs === 'object' && repairs !== null ? repairs : {}) as Options;
  const on = (name: RepairName): boolean => repairs !== false && switches[name] !== false;
  return Object.fromEntries(repairNames.map((name) => [name, on(name)])) as Record<RepairName, boolean>;
}

/** For kinds `openai` and `azure`. */
export function apiChoiceOf({ api }: Options): ApiChoice {
  return apiChoices.find((choice) => choice === api) ?? 'auto';
}

/** For kind `azure`; null means the v1 surface. */
export function apiVersionOf({ apiVersion }: Options): string | null {
  return typeof apiVersion === 'string' ? apiVersion : null;
}

/** For kind `ondemand`. */
export function systemPromptOf({ systemPrompt }: Options): SystemPromptPlace {
  return systemPromptPlaces.find((place) => place === systemPrompt) ?? 'query';
}

/** For kind `ondemand`: whether tools, which it does not have, are asked for in words. */
export function promptToolsOf({ promptTools }: Options): boolean {
  return promptTools === true;
}

/** For kind `ondemand`: whether a limit of tokens, which it does not document, is sent all the same. */
export function sendsMaxTokens({ sendMaxTokens }: Options): boolean {
  return sendMaxTokens === true;
}

/** For kind `ondemand`; 0 means that no session is continued. */
export function sessionMinutesOf({ sessionTimeoutMinutes: minutes }: Options): number {
  return typeof minutes === 'number' && minutes >= 0 ? minutes : usualSessionMinutes;
}
