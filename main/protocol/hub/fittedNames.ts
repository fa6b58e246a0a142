// Names of tools that a protocol refuses (MCP servers make long ones, Gemini's clients write dots and colons), spelled so that it
// takes them, and back again.
import { hash } from 'node:crypto';
import type { Message, Part, Tool, ToolChoice, Turn } from './turn.ts';

/** What every protocol takes. */
const longest = 64;
const digits = 8;

/** The same name is always spelled the same, or an upstream's cache of the history would be lost. */
function spelled(name: string): string {
  const plain = name.replace(/[^\w-]/g, '_').replace(/^(?![a-zA-Z_])/, '_');
  return `${plain.slice(0, longest - digits - 1)}_${hash('sha1', name, 'hex').slice(0, digits)}`;
}

function namesIn({ tools, messages }: Turn): string[] {
  const declared = tools.flatMap((tool) => (tool.kind === 'hosted' ? [] : [tool.name]));
  const said = messages.flatMap(({ parts }) =>
    parts.flatMap((part) => {
      if (part.type === 'toolCall') return [part.name];
      return part.type === 'toolResult' && part.name !== null ? [part.name] : [];
    }),
  );
  return [...declared, ...said];
}

/** The turn's name -> how it is spelled, for those that `taken` does not match. */
export function fittedNames(turn: Turn, taken: RegExp): ReadonlyMap<string, string> {
  const odd = namesIn(turn).filter((name) => !taken.test(name));
  return new Map(odd.map((name) => [name, spelled(name)]));
}

/** The turn with these names in place of its own. */
export function renameTools(turn: Turn, names: ReadonlyMap<string, string>): Turn {
  const to = (name: string): string => names.get(name) ?? name;
  const tool = (given: Tool): Tool => (given.kind === 'hosted' ? given : { ...given, name: to(given.name) });
  const part = (given: Part): Part => {
    if (given.type === 'toolCall') return { ...given, name: to(given.name) };
    return given.type === 'toolResult' && given.name !== null ? { ...given, name: to(given.name) } : given;
  };
  const choice = (given: ToolChoice): ToolChoice => {
    if (given.type === 'tool') return { ...given, name: to(given.name) };
    return given.type === 'allowed' ? { ...given, names: given.names.map(to) } : given;
  };
  return {
    ...turn,
    tools: turn.tools.map(tool),
    toolChoice: turn.toolChoice && choice(turn.toolChoice),
    messages: turn.messages.map((message): Message => ({ ...message, parts: message.parts.map(part) })),
  };
}
