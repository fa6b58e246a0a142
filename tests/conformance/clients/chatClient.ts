// The `openai` SDK at chat completions.
import OpenAI from 'openai';
import type {
  ChatCompletion,
  ChatCompletionContentPart,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions/completions';
import { type Ask, type Client, dataUrl, openaiErrorName, type Seen, seenError } from './client.ts';

type Base = Omit<ChatCompletionCreateParamsNonStreaming, 'messages' | 'stream'>;

function baseOf(model: string, ask: Ask): Base {
  return {
    model,
    ...(ask.tools && {
      tools: ask.tools.map(({ name, description, schema }) => ({
        type: 'function' as const,
        function: { name, description, parameters: { ...schema } },
      })),
    }),
    ...(ask.output && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: {
          name: ask.output.name,
          strict: true,
          schema: { ...ask.output.schema, additionalProperties: false },
        },
      },
    }),
    ...(ask.thinking && { reasoning_effort: 'low' as const }),
    ...(ask.maxTokens && { max_completion_tokens: ask.maxTokens }),
    ...(ask.temperature !== undefined && { temperature: ask.temperature }),
    ...(ask.stop && { stop: [...ask.stop] }),
  };
}

function messagesOf(ask: Ask): ChatCompletionMessageParam[] {
  const content: ChatCompletionContentPart[] = [{ type: 'text', text: ask.user }];
  if (ask.image) content.push({ type: 'image_url', image_url: { url: dataUrl(ask.image) } });
  return [
    ...(ask.system === undefined ? [] : [{ role: 'system' as const, content: ask.system }]),
    { role: 'user', content: ask.image ? content : ask.user },
  ];
}

const finishes = { stop: 'stop', length: 'length', tool_calls: 'calls' } as const;

function seenOf({ choices, usage }: ChatCompletion, reasoning: string): Seen {
  const [choice] = choices;
  if (!choice || !usage) throw new Error('an answer without a choice or without usage');
  const { message, finish_reason } = choice;
  return {
    text: message.content ?? '',
    reasoning,
    calls: (message.tool_calls ?? []).map((call) => {
      if (call.type !== 'function') throw new Error(`a call of type ${call.type}`);
      return { id: call.id, name: call.function.name, args: JSON.parse(call.function.arguments) as unknown };
    }),
    finish: finish_reason in finishes ? finishes[finish_reason as 'stop'] : `other: ${finish_reason}`,
    usage: {
      input: usage.prompt_tokens,
      cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
      output: usage.completion_tokens,
      reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    },
  };
}

const thoughtOf = (value: object): string =>
  (value as { reasoning_content?: string }).reasoning_content ?? '';

export const chatClient: Client = {
  title: 'OpenAI chat',
  dialect: 'chat',
  errorName: openaiErrorName,
  limitName: 'max_completion_tokens',
  hasStop: true,
  hasTemperature: true,
  readError: seenError,
  open({ origin, key, model, fetch }, ask, { stream, onEvent }) {
    const sdk = new OpenAI({ baseURL: `${origin}/v1`, apiKey: key, maxRetries: 0, fetch });
    const base = baseOf(model, ask);
    const messages = messagesOf(ask);
    let ids: string[] = [];

    async function whole(signal?: AbortSignal): Promise<Seen> {
      const completion = await sdk.chat.completions.create({ ...base, messages }, { signal });
      const message = completion.choices[0]?.message;
      if (message) messages.push(message);
      return seenOf(completion, message ? thoughtOf(message) : '');
    }

    async function streamed(signal?: AbortSignal): Promise<Seen> {
      let reasoning = '';
      const runner = sdk.chat.completions.stream(
        { ...base, messages, stream: true, stream_options: { include_usage: true } },
        { signal },
      );
      runner.on('chunk', ({ choices }) => {
        onEvent?.();
        for (const { delta } of choices) reasoning += thoughtOf(delta);
      });
      const completion = await runner.finalChatCompletion();
      const message = completion.choices[0]?.message;
      // What a user keeps of a stream: text and calls. The helper does not add up what it does not know.
      const calls = (message?.tool_calls ?? []).flatMap((call) => {
        if (call.type !== 'function') return [];
        const { name, arguments: json } = call.function;
        return [{ id: call.id, type: call.type, function: { name, arguments: json } }];
      });
      messages.push({
        role: 'assistant',
        content: message?.content ?? null,
        ...(calls.length > 0 && { tool_calls: calls }),
      });
      return seenOf(completion, reasoning);
    }

    async function say(signal?: AbortSignal): Promise<Seen> {
      const seen = await (stream ? streamed(signal) : whole(signal));
      ids = seen.calls.map(({ id }) => id ?? '');
      return seen;
    }

    return {
      say,
      answer(results) {
        for (const [index, content] of results.entries())
          messages.push({ role: 'tool', tool_call_id: ids[index] ?? '', content });
        return say();
      },
    };
  },
};
