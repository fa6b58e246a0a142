import { heldTools } from '../hub/heldTools.ts';
import { fitsStrict, openaiToolSchema, schemaRepairs } from '../hub/toolSchema.ts';
import type { CustomTool, FunctionTool, ToolChoice, Turn } from '../hub/turn.ts';

type Wire = Record<string, unknown>;

const isStrict = ({ strict, schema }: FunctionTool): boolean => strict === true && fitsStrict(schema);

function encodeTool(tool: FunctionTool | CustomTool): Wire {
  const about = { name: tool.name, ...(tool.description === null ? {} : { description: tool.description }) };
  if (tool.kind === 'custom')
    return { type: 'custom', ...about, ...(tool.format && { format: tool.format }) };
  return {
    type: 'function',
    ...about,
    parameters: openaiToolSchema(tool.schema).schema,
    // This API takes a tool without a word on it for strict, which many schemas are not fit for; the others don't.
    strict: isStrict(tool),
  };
}

function encodeChoice(choice: ToolChoice, tools: readonly (FunctionTool | CustomTool)[]): unknown {
  const named = (name: string): Wire => {
    const custom = tools.some((tool) => tool.kind === 'custom' && tool.name === name);
    return { type: custom ? 'custom' : 'function', name };
  };
  if (choice.type === 'tool') return named(choice.name);
  if (choice.type !== 'allowed') return choice.type;
  const held = choice.names.filter((name) => tools.some((tool) => tool.name === name));
  return { type: 'allowed_tools', mode: choice.required ? 'required' : 'auto', tools: held.map(named) };
}

/** `tools` and what goes with them; nothing without tools. Throws CannotHoldError where the client insists on one that is not held. */
export function encodeTools(turn: Turn): {
  readonly fields: Wire;
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
} {
  const standIn = (tool: CustomTool): FunctionTool => ({
    kind: 'function',
    name: tool.name,
    description: null,
    schema: null,
    strict: null,
  });
  // This dialect holds custom tools as well as functions.
  const asFunctions = turn.tools.map((tool) => (tool.kind === 'custom' ? standIn(tool) : tool));
  const held = heldTools({ ...turn, tools: asFunctions }, 'this endpoint');
  const loose = held.tools.some((tool) => tool.strict === true && !isStrict(tool));
  const about = {
    dropped: [...held.dropped, ...(loose ? ['strict'] : [])],
    repairs: schemaRepairs(held.tools),
  };
  const tools = turn.tools.filter((tool) => tool.kind !== 'hosted');
  if (tools.length === 0) return { fields: {}, ...about };
  const fields: Wire = { tools: tools.map(encodeTool) };
  if (turn.toolChoice) fields.tool_choice = encodeChoice(turn.toolChoice, tools);
  if (turn.parallelToolCalls !== null) fields.parallel_tool_calls = turn.parallelToolCalls;
  return { fields, ...about };
}
