// The `@anthropic-ai/sdk` at messages.
import Anthropic from '@anthropic-ai/sdk';
import type {
  ContentBlockParam,
  Message,
  MessageCreateParamsBase,
  MessageParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { type Ask, type Client, type Seen, seenError } from './client.ts';

type Base = Omit<MessageCreateParamsBase, 'messages' | 'stream'>;

function baseOf(model: string, ask: Ask): Base {
  return {
    model,
    max_tokens: ask.maxTokens ?? 4096,
    ...(ask.system !== undefined && { system: ask.system }),
    ...(ask.tools && {
      tools: ask.tools.map(({ name, description, schema }) => ({
        name,
        description,
        input_schema: { ...schema },
      })),
    }),
    ...(ask.output && {
      output_config: {
        format: {
          type: 'json_schema' as const,
          schema: { ...ask.output.schema, additionalProperties: false },
        },
      },
    }),
    ...(ask.thinking && { thinking: { type: 'enabled' as const, budget_tokens: 1024 } }),
    ...(ask.stop && { stop_sequences: [...ask.stop] }),
  };
}

function messagesOf(ask: Ask): MessageParam[] {
  const content: ContentBlockParam[] = [{ type: 'text', text: ask.user }];
  if (ask.image)
    content.unshift({
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: ask.image.toString('base64') },
    });
  return [{ role: 'user', content }];
}

const finishes: Record<string, Seen['finish']> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'calls',
};

function seenOf({ content, stop_reason, usage }: Message): Seen {
  const cached = usage.cache_read_input_tokens ?? 0;
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    reasoning: content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
    calls: content.flatMap((block) =>
      block.type === 'tool_use' ? [{ id: block.id, name: block.name, args: block.input }] : [],
    ),
    finish: finishes[stop_reason ?? ''] ?? `other: ${stop_reason}`,
    usage: {
      input: usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0),
      cached,
      output: usage.output_tokens,
      reasoning: usage.output_tokens_details?.thinking_tokens ?? null,
    },
  };
}

const errorNames: Record<number, string> = {
  400: 'BadRequestError',
  429: 'RateLimitError',
  503: 'ServiceUnavailableError',
  504: 'DeadlineExceededError',
  529: 'OverloadedError',
};

export const messagesClient: Client = {
  title: 'Anthropic messages',
  dialect: 'messages',
  errorName: (status) => errorNames[status] ?? 'InternalServerError',
  limitName: 'max_tokens',
  hasStop: true,
  hasTemperature: false,
  readError: seenError,
  open({ origin, key, model, fetch }, ask, { stream, onEvent }) {
    const sdk = new Anthropic({ baseURL: origin, apiKey: key, maxRetries: 0, fetch });
    const base = baseOf(model, ask);
    const messages = messagesOf(ask);
    let ids: string[] = [];

    function streamed(signal?: AbortSignal): Promise<Message> {
      const runner = sdk.messages.stream({ ...base, messages }, { signal });
      runner.on('streamEvent', () => onEvent?.());
      return runner.finalMessage();
    }

    async function say(signal?: AbortSignal): Promise<Seen> {
      const message = await (stream
        ? streamed(signal)
        : sdk.messages.create({ ...base, messages }, { signal }));
      messages.push({ role: 'assistant', content: message.content as ContentBlockParam[] });
      const seen = seenOf(message);
      ids = seen.calls.map(({ id }) => id ?? '');
      return seen;
    }

    return {
      say,
      answer(results) {
        messages.push({
          role: 'user',
          content: results.map((content, index) => ({
            type: 'tool_result',
            tool_use_id: ids[index] ?? '',
            content,
          })),
        });
        return say();
      },
    };
  },
};
