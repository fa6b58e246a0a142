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

export function partsOf(content: unknown): Json[] {
  return objectsIn(objectOr(content).parts);
}

export function textOf(content: unknown): string {
  return partsOf(content)
    .filter(({ thought }) => thought !== true)
    .map(({ text }) => stringOr(text, ''))
    .join('');
}

function mediaOf(part: Json): AskedMedia[] {
  const [inline, file] = [objectOr(part.inlineData), objectOr(part.fileData)];
  const within = objectsIn(objectOr(part.functionResponse).parts).flatMap(mediaOf);
  if (isObject(part.inlineData)) return [mediaOfBase64(inline.data, inline.mimeType), ...within];
  if (!isObject(part.fileData)) return within;
  const mediaType = stringOr(file.mimeType, null);
  return [{ mediaType, bytes: null, url: stringOr(file.fileUri, '') }, ...within];
}

function choiceOf(config: Json): Asked['toolChoice'] {
  const { mode, allowedFunctionNames } = config;
  const [name, ...others] = stringsIn(allowedFunctionNames);
  if (mode === 'NONE') return 'none';
  if (mode !== 'ANY') return 'auto';
  return name !== undefined && others.length === 0 ? { name } : 'required';
}

/** Results say what they are in `result`, `output`, `error` or some object. */
function resultText(part: Json): string {
  const { name: tool, ...rest } = objectOr(objectOr(part.functionResponse).response);
  // Some repeat the tool's name beside its answer.
  const response =
    typeof rest.content === 'string' ? rest : { ...rest, ...(tool !== undefined && { name: tool }) };
  const [name, value] = Object.entries(response)[0] ?? [];
  const alone =
    Object.keys(response).length === 1 && ['result', 'output', 'content', 'error'].includes(name ?? '');
  if (!alone) return JSON.stringify(response);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function schemaOf(config: Json): Json | null {
  if (config.responseMimeType !== 'application/json') return null;
  return objectOr(config.responseSchema ?? config.responseJsonSchema);
}

/** Models of the third generation always think; their thoughts show where asked for. */
export const alwaysThinks = /^gemini-3/;

export function readGemini(json: Json, model: string, stream: boolean): Asked {
  const contents = objectsIn(json.contents);
  const config = objectOr(json.generationConfig);
  const thinking = objectOr(config.thinkingConfig);
  const users = contents.filter(({ role }) => role !== 'model');
  return {
    model,
    stream,
    system: textOf(json.systemInstruction),
    userText: textOf(users.findLast((content) => textOf(content) !== '')),
    tools: objectsIn(json.tools).flatMap(({ functionDeclarations }) =>
      objectsIn(functionDeclarations).map(({ name, description, parameters, parametersJsonSchema }) => ({
        kind: 'function' as const,
        name: stringOr(name, 'unnamed'),
        description: stringOr(description, null),
        schema: [parameters, parametersJsonSchema].find(isObject) ?? null,
      })),
    ),
    toolChoice: choiceOf(objectOr(objectOr(json.toolConfig).functionCallingConfig)),
    parallel: true,
    results: partsOf(contents.at(-1))
      .filter(({ functionResponse }) => isObject(functionResponse))
      .map(resultText),
    media: contents.flatMap((content) => partsOf(content).flatMap(mediaOf)),
    outputSchema: schemaOf(config),
    thinking: isObject(config.thinkingConfig) && thinking.thinkingBudget !== 0,
    showsThoughts: thinking.includeThoughts === true,
    maxTokens: numberOrNull(config.maxOutputTokens),
    stop: stringsIn(config.stopSequences),
    temperature: numberOrNull(config.temperature),
    promptText: textIn([json.systemInstruction, json.contents, json.tools]),
  };
}
