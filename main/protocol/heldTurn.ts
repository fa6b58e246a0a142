// A turn whose tools an upstream's protocol can hold, and its answer in terms of the tools that the client knows.
import type { UpstreamDialect } from './dialect.ts';
import { createCustomCalls, customToolNames, flattenCustomTools } from './hub/customTools.ts';
import { fittedNames, renameTools } from './hub/fittedNames.ts';
import type { Turn } from './hub/turn.ts';
import type { TurnEvent } from './hub/turnEvent.ts';

type ToolRules = Pick<UpstreamDialect, 'toolNames' | 'customTools'>;

const nothing: ReadonlyMap<string, string> = new Map();

const spelling = (turn: Turn, { toolNames }: ToolRules): ReadonlyMap<string, string> =>
  toolNames ? fittedNames(turn, toolNames) : nothing;

/** The same turn where nothing is to be changed. `repairs` says what was, for the record. */
export function heldTurn(turn: Turn, rules: ToolRules): { turn: Turn; repairs: readonly string[] } {
  const flat = rules.customTools || customToolNames(turn).size === 0 ? turn : flattenCustomTools(turn);
  const names = spelling(flat, rules);
  return names.size === 0
    ? { turn: flat, repairs: [] }
    : { turn: renameTools(flat, names), repairs: ['rewrote names of tools'] };
}

/** Tells what a model that was given `heldTurn(turn)` calls as calls of the turn's own tools. */
export function createToolRestorer(turn: Turn, rules: ToolRules): (event: TurnEvent) => TurnEvent[] {
  const own = new Map([...spelling(turn, rules)].map(([name, spelled]) => [spelled, name]));
  const restoreCustom = createCustomCalls(customToolNames(turn));
  return (event) => {
    const name = event.type === 'toolCall' ? own.get(event.name) : undefined;
    return restoreCustom(event.type === 'toolCall' && name !== undefined ? { ...event, name } : event);
  };
}
