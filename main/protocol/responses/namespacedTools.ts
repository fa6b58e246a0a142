// Tools may stand in namespaces, which no other dialect has: outside they carry the namespace in their name.
import { isFields } from '../hub/reader.ts';

export function flatToolName(namespace: unknown, name: string): string {
  return typeof namespace === 'string' && namespace !== '' ? `${namespace}__${name}` : name;
}

export interface ToolPlace {
  readonly namespace: string;
  readonly name: string;
}

/** From the name that a model calls to the namespace and name that the client knows, for the tools of its request's body. */
export function namespacedTools(tools: unknown): ReadonlyMap<string, ToolPlace> {
  const places = new Map<string, ToolPlace>();
  if (!Array.isArray(tools)) return places;
  for (const space of tools as unknown[]) {
    if (!isFields(space) || space.type !== 'namespace' || !Array.isArray(space.tools)) continue;
    const namespace = String(space.name);
    for (const tool of space.tools as unknown[]) {
      if (!isFields(tool) || typeof tool.name !== 'string') continue;
      places.set(flatToolName(namespace, tool.name), { namespace, name: tool.name });
    }
  }
  return places;
}
