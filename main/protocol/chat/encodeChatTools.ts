// The hub's tools and the choice among them -> chat's.
import { heldTools } from '../hub/heldTools.ts';
import type { FunctionTool, ToolChoice, Turn } from '../hub/turn.ts';

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
}

function encodeTool({ name, description, schema, strict }: FunctionTool): ChatTool {
  return {
    type: 'function',
    function: {
      name,
      ...(description === null ? {} : { description }),
      // Several servers insist on a schema, even for a function without arguments.
      parameters: schema ?? { type: 'object', properties: {} },
      ...(strict === null ? {} : { strict }),
    },
  };
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
export function encodeChatTools(turn: Turn): ChatTools {
  const asked = narrowed(turn);
  const { tools, dropped } = heldTools(asked, 'this endpoint');
  // A choice among no tools is refused by OpenAI.
  const choice = asked.toolChoice && tools.length > 0 ? encodeChoice(asked.toolChoice) : null;
  return { tools: tools.map(encodeTool), choice, dropped };
}
