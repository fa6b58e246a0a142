// Tools that take free text, for dialects whose tools take JSON alone: a function with one string, `input`, and back again.
import type { Message, Part, Tool, Turn } from './turn.ts';
import type { TurnEvent } from './turnEvent.ts';

const inputSchema = {
  type: 'object',
  properties: { input: { type: 'string', description: 'The whole input of the tool, as free text.' } },
  required: ['input'],
  additionalProperties: false,
} as const;

function describe(description: string | null, format: unknown): string {
  const grammar = (format as { type?: unknown; definition?: unknown } | null)?.definition;
  const rule = typeof grammar === 'string' ? `\n\nThe input must follow this grammar:\n${grammar}` : '';
  return `${description ?? ''}${rule}`.trim();
}

function flattenTool(tool: Tool): Tool {
  if (tool.kind !== 'custom') return tool;
  const description = describe(tool.description, tool.format);
  return { kind: 'function', name: tool.name, description, schema: inputSchema, strict: null };
}

function flattenPart(part: Part): Part {
  if (part.type === 'toolCall' && part.kind === 'custom')
    return { ...part, kind: 'function', arguments: JSON.stringify({ input: part.arguments }) };
  if (part.type === 'toolResult' && part.kind === 'custom') return { ...part, kind: 'function' };
  return part;
}

/** The turn without custom tools, calls and results. */
export function flattenCustomTools(turn: Turn): Turn {
  const messages = turn.messages.map(
    (message): Message => ({ ...message, parts: message.parts.map(flattenPart) }),
  );
  return { ...turn, tools: turn.tools.map(flattenTool), messages };
}

/** The free text in the arguments a model gave; models that missed the point are taken at their word. */
export function inputOf(json: string): string {
  try {
    const value = JSON.parse(json) as unknown;
    if (typeof value === 'string') return value;
    const input = (value as { input?: unknown } | null)?.input;
    return typeof input === 'string' ? input : json;
  } catch {
    return json;
  }
}

export function customToolNames(turn: Turn): ReadonlySet<string> {
  return new Set(turn.tools.flatMap((tool) => (tool.kind === 'custom' ? [tool.name] : [])));
}

function isWhole(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** Turns calls of the stood-in functions back: their arguments are held until whole, then told as free text. */
export function createCustomCalls(names: ReadonlySet<string>): (event: TurnEvent) => TurnEvent[] {
  const held = new Map<number, string>();

  function release(ready: (json: string) => boolean): TurnEvent[] {
    return [...held].flatMap(([index, json]): TurnEvent[] => {
      if (!ready(json)) return [];
      held.delete(index);
      return [{ type: 'toolArguments', index, text: inputOf(json) }];
    });
  }

  return (event) => {
    switch (event.type) {
      case 'toolCall': {
        // Some upstreams begin the next call before this one is whole.
        const before = release(isWhole);
        if (event.kind !== 'function' || !names.has(event.name)) return [...before, event];
        held.set(event.index, '');
        return [...before, { ...event, kind: 'custom' }];
      }
      case 'toolArguments': {
        const json = held.get(event.index);
        if (json === undefined) return [event];
        held.set(event.index, json + event.text);
        return [];
      }
      case 'finish':
      case 'end':
        return [...release(() => true), event];
      default:
        return [event];
    }
  };
}
