// Tools may stand in namespaces, which no other dialect has: outside they carry the namespace in their name.
import { type Fields, isFields } from '../hub/reader.ts';

export function flatToolName(namespace: unknown, name: string): string {
  return typeof namespace === 'string' && namespace !== '' ? `${namespace}__${name}` : name;
}

/** The tools of a request, and those that items of its input bring along, as they came. */
export function toolsOf({ tools, input }: Fields): unknown[] {
  const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const brought = listOf(input)
    .filter(isFields)
    .filter(({ type }) => type === 'additional_tools' || type === 'tool_search_output');
  return [...listOf(tools), ...brought.flatMap((item) => listOf(item.tools))];
}

export interface ToolPlace {
  readonly namespace: string;
  readonly name: string;
}

/** From the name that a model calls to the namespace and name that the client knows. */
export function namespacedTools(tools: readonly unknown[]): ReadonlyMap<string, ToolPlace> {
  const places = new Map<string, ToolPlace>();
  for (const space of tools) {
    if (!isFields(space) || space.type !== 'namespace' || !Array.isArray(space.tools)) continue;
    const namespace = String(space.name);
    for (const tool of space.tools as unknown[]) {
      if (!isFields(tool) || typeof tool.name !== 'string') continue;
      places.set(flatToolName(namespace, tool.name), { namespace, name: tool.name });
    }
  }
  return places;
}
