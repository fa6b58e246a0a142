// What a model on on-demand.io makes of what it was told in words: the query, and all that its session remembers.
import type { SessionTurn } from '../../fakes/ondemand/sessions.ts';
import {
  type Asked,
  type AskedTool,
  type Json,
  numberOrNull,
  objectOr,
  stringOr,
  stringsIn,
} from '../../fakes/upstream/asked.ts';

export interface Told {
  readonly asked: Asked;
  /** The form in which tools are to be called, as it was shown: with NAME and an object in it. Null where none was. */
  readonly form: string | null;
}

interface ToldMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** Blocks that begin with their speaker; one without is the user's. */
export function messagesIn(query: string): ToldMessage[] {
  if (!/^(System|User|Assistant): /.test(query)) return [{ role: 'user', text: query }];
  return query.split(/\n\n(?=(?:User|Assistant): )/).map((block) => {
    const [, speaker = 'User', text = block] = /^(\w+): (.*)$/s.exec(block) ?? [];
    return { role: speaker.toLowerCase() as ToldMessage['role'], text };
  });
}

/** Where the caller's own system text ends, and words about tools or the answer's form begin. */
const ownWords = /(?:^|\n\n)(?:You can use the tools listed|Answer with one JSON )/;

function toolsIn(system: string): AskedTool[] {
  const list = /\nThe tools, one a line:\n((?:\{.*\}(?:\n|$))+)/.exec(`\n${system}`)?.[1] ?? '';
  return list
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { name, description, parameters } = JSON.parse(line) as Json;
      return {
        kind: 'function',
        name: stringOr(name, ''),
        description: stringOr(description, null),
        schema: objectOr(parameters),
      };
    });
}

function choiceIn(system: string): Asked['toolChoice'] {
  const name = /must use the tool "([^"]+)"/.exec(system)?.[1];
  if (name !== undefined) return { name };
  return /must use at least one/.test(system) ? 'required' : 'auto';
}

function schemaIn(system: string): Json | null {
  const schema = /satisfies this JSON Schema.*\n(\{.*\})/.exec(system)?.[1];
  if (schema !== undefined) return JSON.parse(schema) as Json;
  return /Answer with one JSON object/.test(system) ? {} : null;
}

const result = /<tool_result [^>]*>\n(.*?)\n<\/tool_result>/gs;

/** `body`: the query as it came. `before`: what its session was told and answered. */
export function readTold(body: Json, before: readonly SessionTurn[]): Told {
  const query = stringOr(body.query, '');
  const messages = [...before.map((turn) => turn.query), query].flatMap(messagesIn);
  const configs = objectOr(body.modelConfigs);
  const system = [stringOr(configs.fulfillmentPrompt, '')]
    .concat(messages.filter(({ role }) => role === 'system').map(({ text }) => text))
    .filter((text) => text !== '')
    .join('\n');
  const said = messages
    .filter(({ role }) => role === 'user')
    .map(({ text }) => text.replaceAll(result, '').trim())
    .filter((text) => text !== '');
  const newest = messages.at(-1)?.text ?? '';
  return {
    asked: {
      model: stringOr(body.endpointId, ''),
      stream: body.responseMode === 'stream',
      system: system.slice(0, ownWords.exec(system)?.index),
      userText: said.at(-1) ?? '',
      tools: toolsIn(system),
      toolChoice: choiceIn(system),
      parallel: !/at most one tool/.test(system),
      results: [...newest.matchAll(result)].map(([, text = '']) => text),
      media: [],
      outputSchema: schemaIn(system),
      thinking: body.reasoningEffort !== undefined,
      showsThoughts: true,
      maxTokens: numberOrNull(configs.maxTokens),
      stop: stringsIn(configs.stopSequences),
      temperature: numberOrNull(configs.temperature),
      promptText: query,
    },
    form: /^<\w+ name="NAME">.*$/m.exec(system)?.[0] ?? null,
  };
}
