// The `openai` SDK at responses, keeping the conversation itself (`store: false`) as Codex does.
import OpenAI from 'openai';
import type {
  Response,
  ResponseCreateParamsBase,
  ResponseInput,
  ResponseInputContent,
  ResponseOutputItem,
} from 'openai/resources/responses/responses';
import { type Ask, type Client, dataUrl, openaiErrorName, type Seen, seenError } from './client.ts';

type Base = Omit<ResponseCreateParamsBase, 'input' | 'stream'>;

function baseOf(model: string, ask: Ask): Base {
  return {
    model,
    store: false,
    include: ['reasoning.encrypted_content'],
    ...(ask.system !== undefined && { instructions: ask.system }),
    ...(ask.tools && {
      tools: ask.tools.map(({ name, description, schema }) => ({
        type: 'function' as const,
        name,
        description,
        strict: false,
        parameters: { ...schema },
      })),
    }),
    ...(ask.output && {
      text: {
        format: {
          type: 'json_schema' as const,
          name: ask.output.name,
          strict: true,
          schema: { ...ask.output.schema, additionalProperties: false },
        },
      },
    }),
    ...(ask.thinking && { reasoning: { effort: 'low' as const, summary: 'auto' as const } }),
    ...(ask.maxTokens && { max_output_tokens: ask.maxTokens }),
    ...(ask.temperature !== undefined && { temperature: ask.temperature }),
  };
}

function inputOf(ask: Ask): ResponseInput {
  const content: ResponseInputContent[] = [{ type: 'input_text', text: ask.user }];
  if (ask.image) content.push({ type: 'input_image', detail: 'auto', image_url: dataUrl(ask.image) });
  return [{ role: 'user', content }];
}

function finishOf({ status, incomplete_details, output }: Response): Seen['finish'] {
  if (status === 'incomplete' && incomplete_details?.reason === 'max_output_tokens') return 'length';
  if (status !== 'completed') return `other: ${status}`;
  return output.some(({ type }) => type === 'function_call') ? 'calls' : 'stop';
}

function seenOf(response: Response): Seen {
  const { output, usage } = response;
  if (!usage) throw new Error('an answer without usage');
  return {
    text: output
      .flatMap((item) => (item.type === 'message' ? item.content : []))
      .map((part) => (part.type === 'output_text' ? part.text : ''))
      .join(''),
    reasoning: output
      .flatMap((item) => (item.type === 'reasoning' ? item.summary : []))
      .map(({ text }) => text)
      .join(''),
    calls: output.flatMap((item) =>
      item.type === 'function_call'
        ? [{ id: item.call_id, name: item.name, args: JSON.parse(item.arguments) as unknown }]
        : [],
    ),
    finish: finishOf(response),
    usage: {
      input: usage.input_tokens,
      cached: usage.input_tokens_details.cached_tokens,
      output: usage.output_tokens,
      reasoning: usage.output_tokens_details.reasoning_tokens,
    },
  };
}

/** What a stream that failed says to whoever reads its events. */
class ResponseFailedError extends Error {}

export const responsesClient: Client = {
  title: 'OpenAI responses',
  dialect: 'responses',
  errorName: openaiErrorName,
  limitName: 'max_output_tokens',
  hasStop: false,
  hasTemperature: true,
  readError: seenError,
  open({ origin, key, model, fetch }, ask, { stream, onEvent }) {
    const sdk = new OpenAI({ baseURL: `${origin}/v1`, apiKey: key, maxRetries: 0, fetch });
    const base = baseOf(model, ask);
    const input = inputOf(ask);
    let ids: string[] = [];

    async function whole(signal?: AbortSignal): Promise<Response> {
      return sdk.responses.create({ ...base, input }, { signal });
    }

    async function streamed(signal?: AbortSignal): Promise<Response> {
      const runner = sdk.responses.stream({ ...base, input }, { signal });
      const done: ResponseOutputItem[] = [];
      let final: Response | null = null;
      for await (const event of runner) {
        onEvent?.();
        if (event.type === 'response.failed')
          throw new ResponseFailedError(event.response.error?.message ?? 'failed without a reason');
        if (event.type === 'response.output_item.done') done.push(event.item);
        if (event.type === 'response.completed' || event.type === 'response.incomplete')
          final = structuredClone(event.response);
      }
      // The helper has followed every event by itself: what it put together must be what was said to be whole.
      const gathered = await runner.finalResponse();
      if (!final) throw new Error('the stream ended without response.completed');
      const told = JSON.stringify(done.map(({ id, type }) => [id, type]));
      for (const list of [final.output, gathered.output])
        if (JSON.stringify(list.map(({ id, type }) => [id, type])) !== told)
          throw new Error('the items of the stream are not those of the whole');
      return final;
    }

    async function say(signal?: AbortSignal): Promise<Seen> {
      const response = await (stream ? streamed(signal) : whole(signal));
      input.push(...(response.output as ResponseInput));
      const seen = seenOf(response);
      ids = seen.calls.map(({ id }) => id ?? '');
      return seen;
    }

    return {
      say,
      answer(results) {
        for (const [index, output] of results.entries())
          input.push({ type: 'function_call_output', call_id: ids[index] ?? '', output });
        return say();
      },
    };
  },
};
