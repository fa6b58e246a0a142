// Which tools of a turn a dialect without hosted tools can be given.
import { CannotHoldError } from './hubErrors.ts';
import type { FunctionTool, Turn } from './turn.ts';

/**
 * The functions, and the names of hosted tools that are left out. Throws CannotHoldError where the client insists on one of those.
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
  if (forced !== null || noneLeft) {
    const name = forced ?? dropped.join(', ');
    throw new CannotHoldError(
      `The tool "${name}" runs at its own provider, which ${upstream} is not. Use an endpoint of that provider, or leave the choice of tools to the model.`,
      'tool_choice',
    );
  }
  return { tools, dropped };
}
