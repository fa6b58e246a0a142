import { heldTools } from '../hub/heldTools.ts';
import { isFields } from '../hub/reader.ts';
import type { FunctionTool, ToolChoice, Turn } from '../hub/turn.ts';

const takesNothing = (schema: FunctionTool['schema']): boolean =>
  !schema ||
  (schema.type === 'object' && isFields(schema.properties) && Object.keys(schema.properties).length === 0);

function writeSchema(schema: FunctionTool['schema']): Record<string, unknown> {
  // Gemini refuses an object without properties; a function without parameters needs no schema at all.
  if (!schema || takesNothing(schema)) return {};
  return { parametersJsonSchema: schema.type === undefined ? { type: 'object', ...schema } : schema };
}

function writeFunction({ name, description, schema }: FunctionTool): Record<string, unknown> {
  return { name, ...(description ? { description } : {}), ...writeSchema(schema) };
}

function writeChoice(choice: ToolChoice): Record<string, unknown> {
  switch (choice.type) {
    case 'auto':
      return { mode: 'AUTO' };
    case 'none':
      return { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] };
    case 'allowed':
      return { mode: choice.required ? 'ANY' : 'VALIDATED', allowedFunctionNames: choice.names };
  }
}

export interface EncodedTools {
  readonly body: Record<string, unknown>;
  readonly dropped: readonly string[];
}

/** Throws CannotHoldError where a tool that is not there is insisted on. */
export function encodeTools(turn: Turn): EncodedTools {
  const { tools, dropped } = heldTools(turn, 'Gemini');
  if (tools.length === 0) return { body: {}, dropped };
  const strict = tools.some((tool) => tool.strict === true) ? ['strict'] : [];
  const { toolChoice } = turn;
  return {
    body: {
      tools: [{ functionDeclarations: tools.map(writeFunction) }],
      ...(toolChoice ? { toolConfig: { functionCallingConfig: writeChoice(toolChoice) } } : {}),
    },
    dropped: [...dropped, ...strict],
  };
}
