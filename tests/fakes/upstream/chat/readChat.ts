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
  stringsIn,
} from '../asked.ts';
import { textIn } from '../tokens.ts';

function toolOf(tool: Json): AskedTool {
  const kind = tool.type === 'custom' ? 'custom' : 'function';
  const body = objectOr(tool[kind]);
  return {
    kind,
    name: stringOr(body.name, 'unnamed'),
    description: stringOr(body.description, null),
    schema: isObject(body.parameters) ? body.parameters : null,
  };
}

function choiceOf(choice: unknown): Asked['toolChoice'] {
  if (choice === 'none' || choice === 'required') return choice;
  const { type, ...rest } = objectOr(choice);
  const name = typeof type === 'string' ? objectOr(rest[type]).name : null;
  return typeof name === 'string' ? { name } : 'auto';
}

function mediaOf(part: Json): AskedMedia[] {
  if (part.type === 'image_url') return [mediaOfUrl(stringOr(objectOr(part.image_url).url, ''))];
  const file = objectOr(part.file);
  if (part.type === 'file' && typeof file.file_data === 'string') return [mediaOfUrl(file.file_data)];
  const audio = objectOr(part.input_audio);
  if (part.type === 'input_audio')
    return [mediaOfUrl(`data:audio/${stringOr(audio.format, '')};base64,${stringOr(audio.data, '')}`)];
  return [];
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return objectsIn(content)
    .map((part) => stringOr(part.text, ''))
    .join('');
}

function schemaOf(format: unknown): Json | null {
  const { type, json_schema } = objectOr(format);
  if (type === 'json_object') return {};
  return type === 'json_schema' ? objectOr(objectOr(json_schema).schema) : null;
}

/** OpenAI counts the thoughts of its models and keeps them; other servers of its protocol show theirs. */
export function readChat(json: Json, keepsThoughts: boolean): Asked {
  const messages = objectsIn(json.messages);
  const of = (...roles: unknown[]) => messages.filter(({ role }) => roles.includes(role));
  const newest = messages.findLastIndex(({ role }) => role !== 'tool');
  const stop = json.stop;
  return {
    model: stringOr(json.model, ''),
    stream: json.stream === true,
    system: of('system', 'developer')
      .map(({ content }) => textOf(content))
      .join('\n'),
    userText: textOf(of('user').findLast(({ content }) => textOf(content) !== '')?.content),
    tools: objectsIn(json.tools).map(toolOf),
    toolChoice: choiceOf(json.tool_choice),
    parallel: json.parallel_tool_calls !== false,
    results: messages.slice(newest + 1).map(({ content }) => textOf(content)),
    media: messages.flatMap(({ content }) => objectsIn(content).flatMap(mediaOf)),
    outputSchema: schemaOf(json.response_format),
    thinking: typeof json.reasoning_effort === 'string' && json.reasoning_effort !== 'none',
    showsThoughts: !keepsThoughts,
    maxTokens: numberOrNull(json.max_completion_tokens) ?? numberOrNull(json.max_tokens),
    stop: typeof stop === 'string' ? [stop] : stringsIn(stop),
    temperature: numberOrNull(json.temperature),
    promptText: textIn(json.messages),
  };
}
