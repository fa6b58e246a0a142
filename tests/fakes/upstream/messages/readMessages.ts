import {
  type Asked,
  type AskedMedia,
  isObject,
  type Json,
  mediaOfBase64,
  numberOrNull,
  objectOr,
  objectsIn,
  stringOr,
  stringsIn,
} from '../asked.ts';
import { textIn } from '../tokens.ts';

/** A string stands for one text block. */
export function blocksOf(content: unknown): Json[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : objectsIn(content);
}

export function textOf(content: unknown): string {
  return blocksOf(content)
    .map((block) => stringOr(block.text, ''))
    .join('');
}

function mediaOf(block: Json): AskedMedia[] {
  if (block.type === 'tool_result') return blocksOf(block.content).flatMap(mediaOf);
  if (block.type !== 'image' && block.type !== 'document') return [];
  const source = objectOr(block.source);
  if (source.type === 'base64') return [mediaOfBase64(source.data, source.media_type)];
  return [{ mediaType: null, bytes: null, url: stringOr(source.url, '') }];
}

function choiceOf(choice: unknown): Asked['toolChoice'] {
  const { type, name } = objectOr(choice);
  if (type === 'tool' && typeof name === 'string') return { name };
  if (type === 'none') return 'none';
  return type === 'any' ? 'required' : 'auto';
}

/** `between_tools` thinks too, but only after tools have answered. */
export function thinks(thinking: unknown): boolean {
  return ['enabled', 'adaptive'].includes(stringOr(objectOr(thinking).type, ''));
}

export function readMessages(json: Json): Asked {
  const messages = objectsIn(json.messages);
  const ofRole = (role: string) => messages.filter((message) => message.role === role);
  const system = [json.system, ...ofRole('system').map(({ content }) => content)];
  const last = messages.at(-1);
  const results = blocksOf(last?.content).filter(({ type }) => type === 'tool_result');
  const choice = objectOr(json.tool_choice);
  const format = objectOr(objectOr(json.output_config).format ?? json.output_format);
  return {
    model: stringOr(json.model, ''),
    stream: json.stream === true,
    system: system
      .flatMap((content) => blocksOf(content))
      .map((block) => stringOr(block.text, ''))
      .join('\n'),
    userText: textOf(ofRole('user').findLast(({ content }) => textOf(content) !== '')?.content),
    tools: objectsIn(json.tools)
      .filter((tool) => isObject(tool.input_schema))
      .map((tool) => ({
        kind: 'function',
        name: stringOr(tool.name, 'unnamed'),
        description: stringOr(tool.description, null),
        schema: objectOr(tool.input_schema),
      })),
    toolChoice: choiceOf(choice),
    parallel: choice.disable_parallel_tool_use !== true,
    results: results.map(({ content }) => textOf(content)),
    media: messages.flatMap(({ content }) => blocksOf(content).flatMap(mediaOf)),
    outputSchema: format.type === 'json_schema' ? objectOr(format.schema) : null,
    thinking: thinks(json.thinking),
    showsThoughts: objectOr(json.thinking).display !== 'omitted',
    maxTokens: numberOrNull(json.max_tokens),
    stop: stringsIn(json.stop_sequences),
    temperature: numberOrNull(json.temperature),
    promptText: textIn([json.system, json.messages, json.tools]),
  };
}
