// An OpenAI-compatible server with the whims of known providers, by the model's name: each refuses in its own words what it is known
// to refuse, and answers what it is asked otherwise.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatMessage {
  role: string;
  content?: unknown;
  reasoning_content?: unknown;
  tool_calls?: { id: string }[];
  tool_call_id?: string;
}

export interface ChatBody {
  model: string;
  messages: ChatMessage[];
  stream?: boolean;
  tools?: unknown[];
}

export interface PickyProvider {
  readonly url: string;
  /** What was asked, in order, the refused requests too. */
  readonly asked: ChatBody[];
  /** What the model says next, in place of its usual answer. */
  say(message: Record<string, unknown>): void;
  reset(): void;
  close(): Promise<void>;
}

const mistral = ({ messages }: ChatBody): string | null => {
  const ids = messages.flatMap(({ tool_calls, tool_call_id }) => [
    ...(tool_calls ?? []).map(({ id }) => id),
    ...(tool_call_id === undefined ? [] : [tool_call_id]),
  ]);
  const odd = ids.find((id) => !/^[a-zA-Z0-9]{9}$/.test(id));
  if (odd !== undefined) return `Tool call id was ${odd} but must be a-z, A-Z, 0-9, with a length of 9.`;
  const at = messages.findIndex(({ role }, index) => role === 'user' && messages[index - 1]?.role === 'tool');
  return at < 0 ? null : "Unexpected role 'user' after role 'tool'";
};

const answered = ({ messages }: ChatBody): ChatMessage[] =>
  messages.filter(({ role }) => role === 'assistant');

const refusals: Readonly<Record<string, (body: ChatBody) => string | null>> = {
  'mistral-large-latest': mistral,
  'deepseek-v4-pro': (body) =>
    answered(body).some(({ reasoning_content }) => reasoning_content === undefined)
      ? 'The `reasoning_content` in the thinking mode must be passed back to the API.'
      : null,
  'kimi-k2-thinking': (body) => {
    const at = body.messages.findIndex(
      ({ tool_calls, reasoning_content }) => tool_calls && !reasoning_content,
    );
    return at < 0
      ? null
      : `thinking is enabled but reasoning_content is missing in assistant tool call message at index ${at}`;
  },
  'qwen3-32b': ({ stream }) =>
    stream ? null : 'parameter.enable_thinking must be set to false for non-streaming calls',
  'qwq-plus': ({ stream }) =>
    stream
      ? null
      : 'This model only support stream mode, please enable the stream parameter to access the model. ',
};

const usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };
const usual = { role: 'assistant', content: 'All is well.' };

function answer(response: ServerResponse, body: ChatBody, message: Record<string, unknown>): void {
  const finish_reason = message.tool_calls ? 'tool_calls' : 'stop';
  const head = { id: 'chatcmpl-1', created: 1_700_000_000, model: body.model };
  if (!body.stream) {
    response.writeHead(200, { 'content-type': 'application/json' });
    const choices = [{ index: 0, message, finish_reason }];
    response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (choices: unknown[], rest = {}): string =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...rest })}\n\n`;
  const { content, ...others } = message;
  const pieces = typeof content === 'string' ? (content.match(/.{1,5}/gs) ?? []) : [];
  response.write(chunk([{ index: 0, delta: others, finish_reason: null }]));
  for (const piece of pieces)
    response.write(chunk([{ index: 0, delta: { content: piece }, finish_reason: null }]));
  response.write(chunk([{ index: 0, delta: {}, finish_reason }]));
  response.end(`${chunk([], { usage })}data: [DONE]\n\n`);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

export async function createPickyProvider(): Promise<PickyProvider> {
  const asked: ChatBody[] = [];
  let next: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(404).end();
      return;
    }
    const body = (await readJson(request)) as ChatBody;
    asked.push(body);
    const message = refusals[body.model]?.(body) ?? null;
    if (message === null) {
      answer(response, body, next.shift() ?? usual);
      return;
    }
    response.writeHead(400, { 'content-type': 'application/json' });
    const error = { message, type: 'invalid_request_error', param: null, code: 'invalid_request_error' };
    response.end(JSON.stringify({ error }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    say: (message) => void next.push({ role: 'assistant', ...message }),
    reset() {
      asked.length = 0;
      next = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
