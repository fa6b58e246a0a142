// The hub's tools and the choice among them -> chat's.
import { heldTools } from '../hub/heldTools.ts';
import { fitsStrict, openaiToolSchema, schemaRepairs } from '../hub/toolSchema.ts';
import type { FunctionTool, ToolChoice, Turn } from '../hub/turn.ts';
import { isOpenAiModel } from './openaiModels.ts';

export interface ChatTool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters: Record<string, unknown>;
    readonly strict?: boolean;
  };
}

export type ChatToolChoice =
  | 'auto'
  | 'none'
  | 'required'
  | { readonly type: 'function'; readonly function: { readonly name: string } };

export interface ChatTools {
  readonly tools: readonly ChatTool[];
  readonly choice: ChatToolChoice | null;
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
}

function encodeTool({ name, description, schema, strict }: FunctionTool): ChatTool {
  return {
    type: 'function',
    function: {
      name,
      ...(description === null ? {} : { description }),
      // Several servers insist on a schema, even for a function without arguments.
      parameters: openaiToolSchema(schema).schema,
      ...(strict === null ? {} : { strict }),
    },
  };
}

/** Other servers hold a model to what they can of any schema. */
function loosened(tool: FunctionTool, model: string): FunctionTool {
  const refused = tool.strict === true && isOpenAiModel(model) && !fitsStrict(tool.schema);
  return refused ? { ...tool, strict: null } : tool;
}

function encodeChoice(choice: ToolChoice): ChatToolChoice {
  switch (choice.type) {
    case 'tool':
      return { type: 'function', function: { name: choice.name } };
    case 'allowed':
      return choice.required ? 'required' : 'auto';
    default:
      return choice.type;
  }
}

/** Only OpenAI knows `allowed_tools`; everywhere else, sending no other tools says the same. */
function narrowed(turn: Turn): Turn {
  const { toolChoice } = turn;
  if (toolChoice?.type !== 'allowed') return turn;
  const names = new Set(toolChoice.names);
  const tools = turn.tools.filter((tool) => names.has(tool.kind === 'hosted' ? tool.type : tool.name));
  return { ...turn, tools, toolChoice: toolChoice.required ? { type: 'required' } : { type: 'auto' } };
}

/** Throws CannotHoldError where the client insists on a tool that only its own provider has. */
export function encodeChatTools(turn: Turn, model: string): ChatTools {
  const asked = narrowed(turn);
  const held = heldTools(asked, 'this endpoint');
  const tools = held.tools.map((tool) => loosened(tool, model));
  const dropped = tools.every((tool, at) => tool === held.tools[at])
    ? held.dropped
    : [...held.dropped, 'strict'];
  // A choice among no tools is refused by OpenAI.
  const choice = asked.toolChoice && tools.length > 0 ? encodeChoice(asked.toolChoice) : null;
  return { tools: tools.map(encodeTool), choice, dropped, repairs: schemaRepairs(tools) };
}
