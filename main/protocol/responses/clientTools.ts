// Tools that the client runs but that OpenAI's models alone know by heart. Other models are shown a function of the same name;
// its calls and their results are items of the tool's own kind.
import { type Fields, isFields } from '../hub/reader.ts';
import type { FunctionTool, JsonObject } from '../hub/turn.ts';

type Wire = Record<string, unknown>;

export interface ClientTool {
  /** Of the calls' items; their results' is the same with `_output` behind. */
  readonly callType: string;
  readonly idPrefix: string;
  /** The members of a call's item that say what is asked. */
  asked(args: Fields): Wire;
  /** The arguments of the function in an item. */
  argumentsOf(item: Fields): unknown;
}

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const clientTools: ReadonlyMap<string, ClientTool> = new Map<string, ClientTool>([
  [
    'local_shell',
    {
      callType: 'local_shell_call',
      idPrefix: 'lsh',
      asked: (args) => ({ action: { env: {}, ...args, type: 'exec' } }),
      argumentsOf: (item) => {
        const { type: _, ...args } = fieldsOf(item.action);
        return args;
      },
    },
  ],
  [
    'shell',
    {
      callType: 'shell_call',
      idPrefix: 'sh',
      asked: (args) => ({
        action: { max_output_length: null, timeout_ms: null, ...args },
        environment: null,
      }),
      argumentsOf: (item) => fieldsOf(item.action),
    },
  ],
  [
    'apply_patch',
    {
      callType: 'apply_patch_call',
      idPrefix: 'apc',
      asked: (operation) => ({ operation }),
      argumentsOf: (item) => fieldsOf(item.operation),
    },
  ],
  [
    'tool_search',
    {
      callType: 'tool_search_call',
      idPrefix: 'tsc',
      asked: (args) => ({ execution: 'client', arguments: args }),
      argumentsOf: (item) => fieldsOf(item.arguments),
    },
  ],
]);

const byCall: ReadonlyMap<unknown, string> = new Map(
  [...clientTools].map(([name, { callType }]) => [callType, name]),
);
const byOutput: ReadonlyMap<unknown, string> = new Map([
  ...[...clientTools].map(([name, { callType }]): [string, string] => [`${callType}_output`, name]),
  ['tool_search_output', 'tool_search'],
]);

const text = { type: 'string' } as const;
const count = { type: 'integer' } as const;
const texts = { type: 'array', items: text } as const;

const object = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});

type Shown = Pick<FunctionTool, 'description' | 'schema'>;

const shown: Readonly<Record<string, Shown>> = {
  local_shell: {
    description: 'Runs a program on the user’s machine and returns what it printed.',
    schema: object({ command: texts, working_directory: text, timeout_ms: count }, ['command']),
  },
  shell: {
    description: 'Runs shell commands, one after the other, and returns what each printed.',
    schema: object({ commands: texts, timeout_ms: count, max_output_length: count }, ['commands']),
  },
  apply_patch: {
    description:
      'Creates, changes or deletes one file. `diff` holds the lines after `@@`, each with a space, `+` or `-` before it; for a new file, each with `+`.',
    schema: object(
      { type: { ...text, enum: ['create_file', 'update_file', 'delete_file'] }, path: text, diff: text },
      ['type', 'path'],
    ),
  },
};

/** It may run at OpenAI as well, and does so unless the client says that it will. */
function runsThere({ type, execution, environment }: Fields): boolean {
  if (type === 'tool_search') return execution !== 'client';
  const place = fieldsOf(environment).type;
  return type === 'shell' && place !== undefined && place !== 'local';
}

/** The function that stands in for one of `tools`; null for what is no such tool, or runs at OpenAI. */
export function standIn(tool: Fields): FunctionTool | null {
  const name = String(tool.type);
  if (!clientTools.has(name) || runsThere(tool)) return null;
  const own: Shown = {
    description: typeof tool.description === 'string' ? tool.description : null,
    schema: isFields(tool.parameters) ? (tool.parameters as JsonObject) : null,
  };
  return { kind: 'function', name, strict: null, ...(shown[name] ?? own) };
}

/** By the names of their stand-ins, those among `tools` of a request; a function of that name is meant rather. */
export function clientToolsIn(tools: readonly unknown[]): ReadonlyMap<string, ClientTool> {
  const list = tools.filter(isFields);
  const named = new Set(list.map(({ name }) => name));
  return new Map(
    list.flatMap((tool): [string, ClientTool][] => {
      const name = standIn(tool)?.name;
      const known = name === undefined || named.has(name) ? undefined : clientTools.get(name);
      return known && name !== undefined ? [[name, known]] : [];
    }),
  );
}

/** A call of such a tool in a request, as a call of its stand-in; null for items of other kinds. */
export function readClientCall(item: Fields): { name: string; arguments: string } | null {
  const name = byCall.get(item.type);
  const tool = name === undefined ? undefined : clientTools.get(name);
  return tool && name !== undefined ? { name, arguments: JSON.stringify(tool.argumentsOf(item)) } : null;
}

function namesOf(tools: unknown): string {
  const names = Array.isArray(tools) ? tools.filter(isFields).map(({ name }) => name) : [];
  return names.length > 0 ? `Found: ${names.join(', ')}` : 'Found nothing.';
}

/** What such a tool returned; null for items of other kinds. */
export function readClientOutput(item: Fields): { name: string; text: string; isError: boolean } | null {
  const name = byOutput.get(item.type);
  if (name === undefined) return null;
  const { output = '' } = item;
  const said = typeof output === 'string' ? output : JSON.stringify(output);
  return {
    name,
    text: name === 'tool_search' ? namesOf(item.tools) : said,
    isError: item.status === 'failed',
  };
}
