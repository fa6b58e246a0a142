import {
  asJsonObject,
  type Fields,
  optionalBoolean,
  optionalFields,
  optionalList,
  optionalText,
  requiredFields,
  requiredText,
  wrongField,
} from '../hub/reader.ts';
import type { Tool, ToolChoice } from '../hub/turn.ts';
import { clientTool } from './clientTools.ts';
import { readCacheMark } from './wire.ts';

const known = new Set(['type', 'name', 'description', 'input_schema', 'strict', 'cache_control']);

function decodeTool(value: unknown, path: string, dropped: Set<string>): Tool {
  const tool = requiredFields(value, path);
  const type = optionalText(tool, 'type', `${path}.`);
  const own = type === null || type === 'custom';
  const shown = own ? null : clientTool(type);
  if (!own && !shown) return { kind: 'hosted', type, name: optionalText(tool, 'name', `${path}.`) };
  for (const [name, member] of Object.entries(tool))
    if (!known.has(name) && member !== null && member !== undefined) dropped.add(name);
  const schema = optionalFields(tool, 'input_schema', `${path}.`);
  return {
    kind: 'function',
    name: requiredText(tool, 'name', `${path}.`),
    description: optionalText(tool, 'description', `${path}.`),
    schema: schema && asJsonObject(schema),
    ...shown,
    strict: optionalBoolean(tool, 'strict', `${path}.`),
    ...readCacheMark(tool),
  };
}

export function decodeTools(body: Fields, dropped: Set<string>): Tool[] {
  return optionalList(body, 'tools').map((tool, index) => decodeTool(tool, `tools[${index}]`, dropped));
}

export function decodeToolChoice(body: Fields): {
  toolChoice: ToolChoice | null;
  parallelToolCalls: boolean | null;
} {
  const choice = optionalFields(body, 'tool_choice');
  if (!choice) return { toolChoice: null, parallelToolCalls: null };
  const single = optionalBoolean(choice, 'disable_parallel_tool_use', 'tool_choice.');
  const parallelToolCalls = single === null ? null : !single;
  switch (choice.type) {
    case 'auto':
    case 'none':
      return { toolChoice: { type: choice.type }, parallelToolCalls };
    case 'any':
      return { toolChoice: { type: 'required' }, parallelToolCalls };
    case 'tool': {
      const name = requiredText(choice, 'name', 'tool_choice.');
      return { toolChoice: { type: 'tool', name }, parallelToolCalls };
    }
    default:
      throw wrongField('tool_choice.type', '"auto", "any", "tool" or "none"');
  }
}
