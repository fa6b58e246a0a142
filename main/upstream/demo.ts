// The demo endpoint: answers and streams from within the process, so that a newcomer sees a request flow without any account or network.
import type { Bytes } from '../base/chunkedBytes.ts';
import { readEnvelope } from '../protocol/jsonEnvelope.ts';
import type { BodySink, Exchange, UpstreamRequest, UpstreamResponse } from './transport.ts';

const msPerWord = 35;

const greetings = {
  en: 'Hello from Sluice! This answer was made on your own machine by the demo endpoint, so no account was used and nothing left your computer. Add a real endpoint in the window, and the same address will serve its models.',
  zh: '你好，这里是 Sluice！这段回答由演示端点在你的电脑上生成，没有用到任何账户，也没有数据离开本机。在窗口里添加一个真实端点后，同一个地址就能使用它的模型。',
};

function lastUserText(messages: unknown): string {
  if (!Array.isArray(messages)) return '';
  const last = (messages as { role?: unknown; content?: unknown }[]).findLast(
    (message) => message?.role === 'user',
  );
  if (typeof last?.content === 'string') return last.content;
  return Array.isArray(last?.content)
    ? last.content
        .map((part: { text?: unknown }) => (typeof part?.text === 'string' ? part.text : ''))
        .join(' ')
    : '';
}

/** Words in languages with spaces, characters in those without. */
function pieces(text: string): string[] {
  return text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? [text];
}

interface Answer {
  status: number;
  contentType: string;
  /** Chunks, each sent `msPerWord` after the one before. */
  chunks: string[];
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  contentType: 'application/json',
  chunks: [JSON.stringify(value)],
});

function chat(body: Bytes, now: number): Answer {
  const request = JSON.parse(body.toString('utf8')) as {
    messages?: unknown;
    stream?: boolean;
    stream_options?: { include_usage?: boolean };
  };
  const asked = lastUserText(request.messages);
  const text = /[\u4e00-\u9fff]/.test(asked) ? greetings.zh : greetings.en;
  const { model } = readEnvelope(body);
  const words = pieces(text);
  const promptTokens = Math.max(1, pieces(asked).length + 3);
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: words.length,
    total_tokens: promptTokens + words.length,
  };
  const head = { id: `chatcmpl-demo${now.toString(36)}`, created: Math.floor(now / 1_000), model };
  if (!request.stream) {
    const message = { role: 'assistant', content: text };
    return json({
      ...head,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage,
    });
  }
  const event = (delta: object, finish: string | null = null): string =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const chunks = [
    event({ role: 'assistant', content: '' }),
    ...words.map((word) => event({ content: word })),
    event({}, 'stop'),
  ];
  if (request.stream_options?.include_usage) {
    chunks.push(
      `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], usage })}\n\n`,
    );
  }
  chunks.push('data: [DONE]\n\n');
  return { status: 200, contentType: 'text/event-stream; charset=utf-8', chunks };
}

function answer(request: UpstreamRequest, now: number): Answer {
  const path = request.url.replace(/^demo:\/\/[^/]*\/v1/, '');
  if (path === '/models')
    return json({
      object: 'list',
      data: [{ id: 'demo', object: 'model', created: 1_700_000_000, owned_by: 'sluice' }],
    });
  if (path === '/chat/completions' && request.body) return chat(request.body, now);
  const message = 'The demo endpoint only chats. Add a real endpoint for this.';
  return json(
    { error: { message, type: 'invalid_request_error', code: 'demo_only_chats', param: null } },
    404,
  );
}

export function isDemo(url: string): boolean {
  return url.startsWith('demo:');
}

/** Answers like a small OpenAI server would, at a reading pace. */
export function sendToDemo(request: UpstreamRequest, now: number): Exchange {
  const { status, contentType, chunks } = answer(request, now);
  let sink: BodySink | null = null;
  let timer: NodeJS.Timeout | null = null;
  let paused = false;
  let over = false;

  function step(): void {
    timer = null;
    if (over || paused || !sink) return;
    const chunk = chunks.shift();
    if (chunk === undefined) {
      over = true;
      sink.end();
      return;
    }
    sink.data(Buffer.from(chunk));
    if (!over && !paused) timer = setTimeout(step, chunks.length > 0 ? msPerWord : 0);
  }

  function abort(reason: Error): void {
    if (over) return;
    over = true;
    if (timer) clearTimeout(timer);
    sink?.fail(reason);
  }

  const response: UpstreamResponse = {
    status,
    headers: { 'content-type': contentType },
    read(to) {
      sink = to;
      step();
    },
    pause: () => {
      paused = true;
    },
    resume() {
      paused = false;
      if (!timer) timer = setTimeout(step, 0);
    },
    abort,
  };
  return { response: Promise.resolve(response), abort };
}
