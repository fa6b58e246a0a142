// The `@google/genai` SDK through its chats, which keep the history by themselves.
import {
  type Chat,
  createPartFromBase64,
  type GenerateContentConfig,
  type GenerateContentResponse,
  GoogleGenAI,
  type Part,
  type Schema,
  type Type,
} from '@google/genai';
import { type Ask, type AskTool, type Client, type Seen, seenError } from './client.ts';

/** Google's own schema, with its type names in capitals. */
function schemaOf(schema: AskTool['schema']): Schema {
  return {
    type: 'OBJECT' as Type,
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [
        name,
        { ...inner, type: inner.type.toUpperCase() as Type },
      ]),
    ),
    required: schema.required,
  };
}

function configOf(ask: Ask): GenerateContentConfig {
  return {
    ...(ask.system !== undefined && { systemInstruction: ask.system }),
    ...(ask.tools && {
      tools: [
        {
          functionDeclarations: ask.tools.map(({ name, description, schema }) => ({
            name,
            description,
            parameters: schemaOf(schema),
          })),
        },
      ],
    }),
    ...(ask.output && { responseMimeType: 'application/json', responseSchema: schemaOf(ask.output.schema) }),
    ...(ask.thinking && { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } }),
    ...(ask.maxTokens && { maxOutputTokens: ask.maxTokens }),
    ...(ask.temperature !== undefined && { temperature: ask.temperature }),
    ...(ask.stop && { stopSequences: [...ask.stop] }),
  };
}

function firstMessage(ask: Ask): Part[] {
  const image = ask.image ? [createPartFromBase64(ask.image.toString('base64'), 'image/png')] : [];
  return [...image, { text: ask.user }];
}

/** The chunks of one answer; a whole one is one chunk. */
function seenOf(chunks: readonly GenerateContentResponse[]): Seen {
  const parts = chunks.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
  const usage = chunks.at(-1)?.usageMetadata;
  const reason = chunks.findLast(({ candidates }) => candidates?.[0]?.finishReason)?.candidates?.[0]
    ?.finishReason;
  if (!usage) throw new Error('an answer without usage');
  const textOf = (thought: boolean) =>
    parts
      .filter((part) => (part.thought ?? false) === thought)
      .map(({ text }) => text ?? '')
      .join('');
  const calls = chunks.flatMap(({ functionCalls }) => functionCalls ?? []);
  const finishes: Record<string, Seen['finish']> = {
    STOP: calls.length > 0 ? 'calls' : 'stop',
    MAX_TOKENS: 'length',
  };
  const reasoning = usage.thoughtsTokenCount ?? 0;
  return {
    text: textOf(false),
    reasoning: textOf(true),
    calls: calls.map(({ id, name, args }) => ({ id: id ?? null, name: name ?? '', args })),
    finish: finishes[reason ?? ''] ?? `other: ${reason}`,
    usage: {
      input: usage.promptTokenCount ?? 0,
      cached: usage.cachedContentTokenCount ?? 0,
      output: (usage.candidatesTokenCount ?? 0) + reasoning,
      reasoning,
    },
  };
}

export const geminiClient: Client = {
  title: 'Gemini',
  dialect: 'gemini',
  errorName: () => 'ApiError',
  limitName: 'maxOutputTokens',
  hasStop: true,
  hasTemperature: true,
  readError: seenError,
  open({ origin, key, model, fetch }, ask, { stream, onEvent }) {
    const sdk = new GoogleGenAI({
      apiKey: key,
      httpOptions: { baseUrl: origin, ...(fetch && { fetch }) },
    });
    const config = configOf(ask);
    const chat: Chat = sdk.chats.create({ model, config });
    let calls: Seen['calls'] = [];

    async function talk(message: Part[], signal?: AbortSignal): Promise<Seen> {
      const request = { message, config: { ...config, ...(signal && { abortSignal: signal }) } };
      const chunks: GenerateContentResponse[] = [];
      if (stream) {
        for await (const chunk of await chat.sendMessageStream(request)) {
          onEvent?.();
          chunks.push(chunk);
        }
      } else chunks.push(await chat.sendMessage(request));
      const seen = seenOf(chunks);
      calls = seen.calls;
      return seen;
    }

    return {
      say: (signal) => talk(firstMessage(ask), signal),
      answer: (results) =>
        talk(
          results.map((output, index) => {
            const { id, name } = calls[index] ?? { id: null, name: '' };
            return { functionResponse: { name, ...(id !== null && { id }), response: { output } } };
          }),
        ),
    };
  },
};
