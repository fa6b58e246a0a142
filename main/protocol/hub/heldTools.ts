// Which tools of a turn a dialect without hosted tools can be given.
import { CannotHoldError } from './hubErrors.ts';
import type { FunctionTool, Turn } from './turn.ts';

const isHosted = (turn: Turn, name: string): boolean =>
  turn.tools.some((tool) => tool.kind === 'hosted' && (tool.name === name || tool.type === name));

/**
 * The functions, and the names of hosted tools that are left out. Throws CannotHoldError where the client insists on one of those,
 * or on a tool that it does not declare.
 * Custom tools must have been turned into functions before (`flattenCustomTools`).
 */
export function heldTools(turn: Turn, upstream: string): { tools: FunctionTool[]; dropped: string[] } {
  const tools: FunctionTool[] = [];
  const dropped: string[] = [];
  for (const tool of turn.tools) {
    if (tool.kind === 'function') tools.push(tool);
    else dropped.push(tool.kind === 'hosted' ? tool.type : tool.name);
  }
  const { toolChoice } = turn;
  const forced =
    toolChoice?.type === 'tool' && !tools.some(({ name }) => name === toolChoice.name)
      ? toolChoice.name
      : null;
  const noneLeft = toolChoice?.type === 'required' && tools.length === 0 && dropped.length > 0;
  if (forced !== null && !isHosted(turn, forced)) {
    throw new CannotHoldError(
      `"tool_choice" asks for the tool "${forced}", which is not among the tools of this request.`,
      'tool_choice',
    );
  }
  if (forced !== null || noneLeft) {
    const name = forced ?? dropped.join(', ');
    throw new CannotHoldError(
      `The tool "${name}" runs at its own provider, which ${upstream} is not. Use an endpoint of that provider, or leave the choice of tools to the model.`,
      'tool_choice',
    );
  }
  return { tools, dropped };
}
