import {
  asJsonObject,
  type Fields,
  isFields,
  optionalBoolean,
  optionalFields,
  optionalList,
  optionalText,
  requiredFields,
  requiredText,
  wrongField,
} from '../hub/reader.ts';
import type { JsonObject, Tool, ToolChoice } from '../hub/turn.ts';
import { standIn } from './clientTools.ts';
import { flatToolName } from './namespacedTools.ts';

const objectOrNull = (fields: Fields, name: string, path: string): JsonObject | null => {
  const value = optionalFields(fields, name, path);
  return value && asJsonObject(value);
};

function decodeTool(value: unknown, path: string, namespace: string | null): Tool[] {
  const tool = requiredFields(value, path);
  const at = `${path}.`;
  const type = requiredText(tool, 'type', at);
  switch (type) {
    case 'function':
      return [
        {
          kind: 'function',
          name: flatToolName(namespace, requiredText(tool, 'name', at)),
          description: optionalText(tool, 'description', at),
          schema: objectOrNull(tool, 'parameters', at),
          strict: optionalBoolean(tool, 'strict', at),
        },
      ];
    case 'custom':
      return [
        {
          kind: 'custom',
          name: flatToolName(namespace, requiredText(tool, 'name', at)),
          description: optionalText(tool, 'description', at),
          format: objectOrNull(tool, 'format', at),
        },
      ];
    case 'namespace': {
      const name = requiredText(tool, 'name', at);
      return optionalList(tool, 'tools', at).flatMap((inner, index) =>
        decodeTool(inner, `${at}tools[${index}]`, name),
      );
    }
    default: {
      const shown = standIn(tool);
      if (shown) return [shown];
      return [{ kind: 'hosted', type, name: optionalText(tool, 'server_label', at) }];
    }
  }
}

/** Of tools with one name the first counts. Throws GatewayError `invalid_request`. */
export function decodeTools(list: readonly unknown[]): Tool[] {
  const names = new Set<string>();
  return list
    .flatMap((tool, index) => decodeTool(tool, `tools[${index}]`, null))
    .filter((tool) => {
      const name = tool.kind === 'hosted' ? `${tool.type} ${tool.name ?? ''}` : tool.name;
      if (names.has(name)) return false;
      names.add(name);
      return true;
    });
}

/** A tool by its name, or by its type where it is one of the provider's own. */
function nameOf(choice: Fields, path: string): string {
  const named = choice.type === 'function' || choice.type === 'custom';
  if (!named) return requiredText(choice, 'type', path);
  return flatToolName(choice.namespace, requiredText(choice, 'name', path));
}

export function decodeToolChoice(value: unknown): ToolChoice | null {
  if (value === undefined || value === null) return null;
  if (value === 'auto' || value === 'none' || value === 'required') return { type: value };
  if (!isFields(value)) throw wrongField('tool_choice', '"auto", "none", "required" or an object');
  if (value.type !== 'allowed_tools') return { type: 'tool', name: nameOf(value, 'tool_choice.') };
  const names = optionalList(value, 'tools', 'tool_choice.').map((tool, index) => {
    const path = `tool_choice.tools[${index}]`;
    return nameOf(requiredFields(tool, path), `${path}.`);
  });
  return { type: 'allowed', names, required: value.mode === 'required' };
}
