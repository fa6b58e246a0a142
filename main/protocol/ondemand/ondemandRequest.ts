// What on-demand.io is asked, before it is known whether a session remembers the beginning of the conversation, and the wire's body.
import type { SystemPromptPlace } from '../../contract/readOptions.ts';

export interface OndemandTurn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface OndemandRequest {
  /** The upstream's name for the model. */
  readonly endpointId: string;
  /** All that stands above the conversation: system and developer texts in order, the tools, the output asked for; '' where none. */
  readonly system: string;
  /** The conversation: neighbours of one role are one turn, tool results are user text; ends with a user turn. */
  readonly turns: readonly OndemandTurn[];
  /** Members of the wire's body beside the query: `modelConfigs`, `reasoningEffort`. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What the service replaces in a fulfillment prompt, in its own client's words. */
const placeholder = /\{(?:context|question)\}/;

const speakers = { user: 'User', assistant: 'Assistant' } as const;

/**
 * Blocks that begin with their speaker, a blank line between them, the user's last words at the end: of the spellings that
 * clients of this service use, the one that most of them share, that models know from transcripts, and that leaves each
 * text as it is (as JSON, every quote and line end of a program would be escaped).
 */
function writeQuery(system: string, turns: readonly OndemandTurn[]): string {
  const [only] = turns;
  if (system === '' && turns.length === 1 && only) return only.text;
  const said = turns.map(({ role, text }) => `${speakers[role]}: ${text}`);
  return [...(system === '' ? [] : [`System: ${system}`]), ...said].join('\n\n');
}

/**
 * The body of `POST …/sessions/{id}/query`. `part.turns`: all turns where the session is `fresh`, else those it has not seen yet.
 * `systemPlace`: the system text goes into the query that begins a session, or into every query's `fulfillmentPrompt`.
 * A system text that speaks of the service's own placeholders stays in the query, where nothing replaces them.
 * `fulfillmentOnly` is left out, as by most clients: without plugins there is nothing else to do anyway.
 */
export function wireBody(
  { endpointId, system, options }: OndemandRequest,
  part: { readonly fresh: boolean; readonly turns: readonly OndemandTurn[] },
  systemPlace: SystemPromptPlace,
): Record<string, unknown> {
  const apart = systemPlace === 'fulfillment' && system !== '' && !placeholder.test(system);
  const modelConfigs = {
    ...(options.modelConfigs as object | undefined),
    ...(apart ? { fulfillmentPrompt: system } : {}),
  };
  return {
    query: writeQuery(part.fresh && !apart ? system : '', part.turns),
    endpointId,
    pluginIds: [],
    responseMode: 'stream',
    ...options,
    ...(Object.keys(modelConfigs).length > 0 ? { modelConfigs } : {}),
  };
}
