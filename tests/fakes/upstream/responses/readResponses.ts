import {
  type Asked,
  type AskedMedia,
  type AskedTool,
  isObject,
  type Json,
  mediaOfUrl,
  numberOrNull,
  objectOr,
  objectsIn,
  stringOr,
} from '../asked.ts';
import { textIn } from '../tokens.ts';

/** A string stands for one user message; messages may go without a type. */
export function itemsOf(json: Json): Json[] {
  if (typeof json.input === 'string') return [{ type: 'message', role: 'user', content: json.input }];
  return objectsIn(json.input).map((item) => (item.type === undefined ? { ...item, type: 'message' } : item));
}

export function isOutput(item: Json): boolean {
  return item.type === 'function_call_output' || item.type === 'custom_tool_call_output';
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return objectsIn(content)
    .map((part) => stringOr(part.text, ''))
    .join('');
}

function mediaOf(part: Json): AskedMedia[] {
  if (part.type === 'input_image') return [mediaOfUrl(stringOr(part.image_url, ''))];
  if (part.type === 'input_file') return [mediaOfUrl(stringOr(part.file_data ?? part.file_url, ''), null)];
  return [];
}

function toolsOf(tool: Json): AskedTool[] {
  if (tool.type !== 'function' && tool.type !== 'custom') return [];
  return [
    {
      kind: tool.type,
      name: stringOr(tool.name, 'unnamed'),
      description: stringOr(tool.description, null),
      schema: isObject(tool.parameters) ? tool.parameters : null,
    },
  ];
}

function choiceOf(choice: unknown): Asked['toolChoice'] {
  if (choice === 'none' || choice === 'required') return choice;
  const { name } = objectOr(choice);
  return typeof name === 'string' ? { name } : 'auto';
}

function schemaOf(format: Json): Json | null {
  if (format.type === 'json_object') return {};
  return format.type === 'json_schema' ? objectOr(format.schema) : null;
}

export function readResponses(json: Json): Asked {
  const items = itemsOf(json);
  const messages = items.filter(({ type }) => type === 'message');
  const of = (...roles: unknown[]) => messages.filter(({ role }) => roles.includes(role));
  const newest = items.findLastIndex((item) => !isOutput(item));
  const { effort, summary } = objectOr(json.reasoning);
  return {
    model: stringOr(json.model, ''),
    stream: json.stream === true,
    system: [json.instructions, ...of('system', 'developer').map(({ content }) => content)]
      .map(textOf)
      .join('\n'),
    userText: textOf(of('user').findLast(({ content }) => textOf(content) !== '')?.content),
    tools: objectsIn(json.tools).flatMap(toolsOf),
    toolChoice: choiceOf(json.tool_choice),
    parallel: json.parallel_tool_calls !== false,
    results: items.slice(newest + 1).map(({ output }) => textOf(output)),
    media: items.flatMap(({ content, output }) =>
      [...objectsIn(content), ...objectsIn(output)].flatMap(mediaOf),
    ),
    outputSchema: schemaOf(objectOr(objectOr(json.text).format)),
    thinking: isObject(json.reasoning) && effort !== 'none',
    showsThoughts: Boolean(summary),
    maxTokens: numberOrNull(json.max_output_tokens),
    stop: [],
    temperature: numberOrNull(json.temperature),
    promptText: textIn([json.instructions, json.input, json.tools]),
  };
}
