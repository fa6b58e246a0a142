import { heldTools } from '../hub/heldTools.ts';
import { toolSchema } from '../hub/toolSchema.ts';
import type { FunctionTool, ToolChoice, Turn } from '../hub/turn.ts';
import type { ModelTraits } from './messagesModels.ts';
import { cleanSchema } from './messagesSchema.ts';
import { type Block, type Notes, type WireMessage, writeCacheMark } from './wire.ts';

/** Anthropic holds no more tools than this to their schemas in one request. */
const mostStrict = 20;

export interface EncodedTools {
  readonly tools: readonly Record<string, unknown>[];
  readonly toolChoice: Record<string, unknown> | null;
  /** The choice leaves the model no way but to call: it can't think before by a budget. */
  readonly forced: boolean;
  /** What the model must be told where the protocol can't. */
  readonly instruction: string | null;
}

function encodeTool(tool: FunctionTool, strict: boolean, notes: Notes): Record<string, unknown> {
  const held = strict && tool.schema ? cleanSchema(tool.schema) : null;
  const { schema, repaired } = toolSchema(tool.schema);
  if (repaired) notes.repairs.add('made an object of tool schemas');
  const exact = held?.type === 'object' && !repaired;
  if (tool.strict === true && !exact) notes.dropped.add('strict');
  return {
    name: tool.name,
    ...(tool.description ? { description: tool.description } : {}),
    input_schema: exact ? held : schema,
    ...(exact ? { strict: true } : {}),
    ...writeCacheMark(tool.cache),
  };
}

const calledNames = (messages: readonly WireMessage[]): string[] => [
  ...new Set(
    messages
      .flatMap(({ content }) => content)
      .filter(({ type }: Block) => type === 'tool_use')
      .map(({ name }) => String(name)),
  ),
];

interface Choice {
  readonly type: 'auto' | 'any' | 'none' | 'tool';
  readonly name?: string;
}

function choiceOf(choice: ToolChoice | null): Choice | null {
  switch (choice?.type) {
    case undefined:
      return null;
    case 'required':
      return { type: 'any' };
    case 'allowed':
      return { type: choice.required ? 'any' : 'auto' };
    default:
      return choice as Choice;
  }
}

/** Throws CannotHoldError where the client insists on a tool that Anthropic does not have. */
export function encodeTools(
  turn: Turn,
  traits: ModelTraits,
  messages: readonly WireMessage[],
  notes: Notes,
): EncodedTools {
  const { tools: held, dropped } = heldTools(turn, 'Anthropic');
  for (const name of dropped) notes.dropped.add(name);
  const { toolChoice } = turn;
  const allowed = toolChoice?.type === 'allowed' ? new Set(toolChoice.names) : null;
  const functions = allowed ? held.filter(({ name }) => allowed.has(name)) : held;
  let strictLeft = traits.schemas ? mostStrict : 0;
  const tools = functions.map((tool) => encodeTool(tool, tool.strict === true && strictLeft-- > 0, notes));
  const nothing = { tools, toolChoice: null, forced: false, instruction: null };
  if (tools.length === 0) {
    const called = calledNames(messages);
    if (called.length === 0) return nothing;
    // Calls in the history want their tools named, though none may be called now.
    notes.repairs.add('named the tools of earlier calls');
    const stubs = called.map((name) => ({ name, input_schema: { type: 'object', properties: {} } }));
    return { ...nothing, tools: stubs, toolChoice: { type: 'none' } };
  }
  const choice = choiceOf(toolChoice);
  const single = turn.parallelToolCalls === false && choice?.type !== 'none';
  const rest = single ? { disable_parallel_tool_use: true } : {};
  const forced = choice?.type === 'any' || choice?.type === 'tool';
  if (forced && !traits.forcedTools) {
    notes.repairs.add('asked for the tool call in words');
    const which = choice.name === undefined ? 'one of the tools' : `the tool "${choice.name}"`;
    const instruction = `Answer by calling ${which}.`;
    return { tools, toolChoice: { type: 'auto', ...rest }, forced: false, instruction };
  }
  if (!choice && !single) return { ...nothing, forced };
  return { ...nothing, toolChoice: { ...(choice ?? { type: 'auto' }), ...rest }, forced };
}
