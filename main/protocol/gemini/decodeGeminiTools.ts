import {
  type Fields,
  isFields,
  optionalFields,
  optionalList,
  optionalText,
  requiredText,
  wrongField,
} from '../hub/reader.ts';
import type { FunctionTool, JsonObject, Tool, ToolChoice } from '../hub/turn.ts';
import { optionalItems, optionalMembers, requiredMembers } from './geminiFields.ts';
import { toJsonSchema } from './toJsonSchema.ts';

function readDeclaration(value: unknown, path: string): FunctionTool {
  const declaration = requiredMembers(value, path);
  const jsonSchema = optionalFields(declaration, 'parametersJsonSchema', `${path}.`);
  const parameters = optionalFields(declaration, 'parameters', `${path}.`);
  return {
    kind: 'function',
    name: requiredText(declaration, 'name', `${path}.`),
    description: optionalText(declaration, 'description', `${path}.`),
    schema: (jsonSchema as JsonObject | null) ?? (parameters ? toJsonSchema(parameters) : null),
    strict: null,
  };
}

/** One entry of `tools` may hold several kinds at once: whatever is no function runs at Google. */
export function decodeTools(request: Fields): Tool[] {
  return optionalItems(request, 'tools').flatMap((value, index) => {
    const path = `tools[${index}]`;
    const tool = requiredMembers(value, path);
    const functions = optionalItems(tool, 'functionDeclarations', `${path}.`).map((declaration, at) =>
      readDeclaration(declaration, `${path}.functionDeclarations[${at}]`),
    );
    const hosted = Object.entries(tool)
      .filter(([name, options]) => name !== 'functionDeclarations' && isFields(options))
      .map(([type]): Tool => ({ kind: 'hosted', type, name: null }));
    return [...functions, ...hosted];
  });
}

/** Source: FunctionCallingConfigMode of @google/genai. */
export function decodeToolChoice(request: Fields): ToolChoice | null {
  const path = 'toolConfig.functionCallingConfig';
  const toolConfig = optionalMembers(request, 'toolConfig');
  const config = toolConfig && optionalMembers(toolConfig, 'functionCallingConfig', 'toolConfig.');
  if (!config) return null;
  const names = optionalList(config, 'allowedFunctionNames', `${path}.`).filter(
    (name) => typeof name === 'string',
  );
  const mode = optionalText(config, 'mode', `${path}.`)?.toUpperCase() ?? 'AUTO';
  switch (mode) {
    case 'NONE':
      return { type: 'none' };
    case 'ANY': {
      const [name] = names;
      if (name === undefined) return { type: 'required' };
      return names.length === 1 ? { type: 'tool', name } : { type: 'allowed', names, required: true };
    }
    case 'VALIDATED':
      return names.length > 0 ? { type: 'allowed', names, required: false } : { type: 'auto' };
    case 'AUTO':
    case 'MODE_UNSPECIFIED':
      return { type: 'auto' };
    default:
      throw wrongField(`${path}.mode`, 'AUTO, ANY, NONE or VALIDATED');
  }
}
