// Tools and the choice among them, with the spellings of the years: `tools`, `functions`, and parts of other dialects that clients mix in.
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
import type { FunctionTool, JsonObject, Tool, ToolChoice } from '../hub/turn.ts';
import { cacheMarkOf } from './decodeChatParts.ts';

function decodeFunction(fields: Fields, path: string): FunctionTool {
  const schema = optionalFields(fields, 'parameters', path);
  return {
    kind: 'function',
    name: requiredText(fields, 'name', path),
    description: optionalText(fields, 'description', path),
    schema: schema && asJsonObject(schema),
    strict: optionalBoolean(fields, 'strict', path),
    ...cacheMarkOf(fields),
  };
}

/** Chat nests a grammar one level deeper than responses, whose form the hub keeps. */
function formatOf(custom: Fields): JsonObject | null {
  const { format } = custom;
  if (!isFields(format)) return null;
  const { grammar, ...rest } = format;
  return asJsonObject(isFields(grammar) ? { ...rest, ...grammar } : format);
}

function decodeTool(value: unknown, path: string): Tool {
  const tool = requiredFields(value, path);
  const type = tool.type ?? 'function';
  if (type === 'function') {
    // The flat form is that of responses; some editors send it to chat.
    if (!isFields(tool.function)) return decodeFunction(tool, `${path}.`);
    return { ...decodeFunction(tool.function, `${path}.function.`), ...cacheMarkOf(tool) };
  }
  if (type === 'custom') {
    const custom = isFields(tool.custom) ? tool.custom : tool;
    return {
      kind: 'custom',
      name: requiredText(custom, 'name', `${path}.custom.`),
      description: optionalText(custom, 'description', `${path}.custom.`),
      format: formatOf(custom),
    };
  }
  if (typeof type !== 'string') throw wrongField(`${path}.type`, 'a string');
  const named = isFields(tool.function) ? tool.function : tool;
  return { kind: 'hosted', type, name: typeof named.name === 'string' ? named.name : null };
}

/** `tools`, and the older `functions` where there are none. */
export function decodeChatTools(body: Fields): Tool[] {
  const tools = optionalList(body, 'tools').map((tool, index) => decodeTool(tool, `tools[${index}]`));
  if (tools.length > 0) return tools;
  return optionalList(body, 'functions').map((value, index) =>
    decodeFunction(requiredFields(value, `functions[${index}]`), `functions[${index}].`),
  );
}

/** The tool that an object names: `{function: {name}}`, `{custom: {name}}` or `{name}`; hosted tools have but a type. */
function nameOf(choice: Fields, path: string): string {
  for (const named of [choice.function, choice.custom, choice])
    if (isFields(named) && typeof named.name === 'string') return named.name;
  if (typeof choice.type === 'string' && choice.type !== 'function' && choice.type !== 'custom')
    return choice.type;
  throw wrongField(path, 'an object that names a tool, as in {"type":"function","function":{"name":"…"}}');
}

const choiceWords: Readonly<Record<string, ToolChoice>> = {
  auto: { type: 'auto' },
  none: { type: 'none' },
  required: { type: 'required' },
  any: { type: 'required' },
};

function decodeAllowed(choice: Fields): ToolChoice {
  const allowed = isFields(choice.allowed_tools) ? choice.allowed_tools : choice;
  const path = 'tool_choice.allowed_tools.';
  const names = optionalList(allowed, 'tools', path).map((tool, index) =>
    nameOf(requiredFields(tool, `${path}tools[${index}]`), `${path}tools[${index}]`),
  );
  return { type: 'allowed', names, required: allowed.mode === 'required' };
}

/** `tool_choice`, and the older `function_call` where there is none. Null where neither is given. */
export function decodeChatToolChoice(body: Fields): ToolChoice | null {
  const choice = body.tool_choice ?? body.function_call;
  if (choice === undefined || choice === null) return null;
  const wanted = 'auto, none, required or an object that names a tool';
  if (typeof choice === 'string') {
    const word = Object.hasOwn(choiceWords, choice) ? choiceWords[choice] : undefined;
    if (!word) throw wrongField('tool_choice', wanted);
    return word;
  }
  if (!isFields(choice)) throw wrongField('tool_choice', wanted);
  if (choice.type === 'allowed_tools') return decodeAllowed(choice);
  // Anthropic's form: {"type":"any"}.
  if (typeof choice.type === 'string' && Object.hasOwn(choiceWords, choice.type))
    return choiceWords[choice.type] ?? null;
  return { type: 'tool', name: nameOf(choice, 'tool_choice') };
}
