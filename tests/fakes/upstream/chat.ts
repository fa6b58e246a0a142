// Chat completions as OpenAI's surface has them: JSON and stream, tools, reasoning, logprobs, usage, fields nobody knows.
import { type Answer, errorAnswer, jsonAnswer, streamAnswer } from './answer.ts';
import type { Fault } from './fault.ts';
import { textIn, tokensOf } from './tokens.ts';

interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

interface Turn {
  id: string;
  created: number;
  model: string;
  text: string;
  reasoning: string | null;
  tools: ToolCall[];
  logprobs: boolean;
  choices: number;
  usage: Record<string, unknown>;
}

/** What the options of the fake decide about an answer. */
export interface Voice {
  id: number;
  /** The text to answer with. */
  text: string;
  cachedTokens: number;
}

const unknownField = { nested: [1, 2, { three: true }] };

function toolCallsFor(json: Record<string, unknown>): ToolCall[] {
  const messages = Array.isArray(json.messages) ? json.messages : [];
  const last: unknown = messages.at(-1);
  const answered = typeof last === 'object' && last !== null && 'role' in last && last.role === 'tool';
  if (!Array.isArray(json.tools) || answered || json.tool_choice === 'none') return [];
  const wanted = json.parallel_tool_calls === false ? json.tools.slice(0, 1) : json.tools.slice(0, 2);
  return wanted.map((tool: { function?: { name?: string } }, index: number) => ({
    id: `call_${index + 1}`,
    type: 'function',
    function: { name: tool.function?.name ?? 'unnamed', arguments: '{"city":"Zürich","days":3}' },
  }));
}

function turnFor(json: Record<string, unknown>, voice: Voice): Turn {
  const tools = toolCallsFor(json);
  const reasoning = json.reasoning_effort ? 'First I look at the question, then I answer it.' : null;
  const text = tools.length > 0 ? '' : voice.text;
  const input = tokensOf(textIn(json.messages)).length;
  const thought = reasoning ? tokensOf(reasoning).length : 0;
  const choices = typeof json.n === 'number' ? json.n : 1;
  const output = (tokensOf(text).length + tools.length * 8) * choices + thought;
  return {
    id: `chatcmpl-${voice.id}`,
    created: 1_760_000_000 + voice.id,
    model: String(json.model),
    text,
    reasoning,
    tools,
    logprobs: json.logprobs === true,
    choices,
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: voice.cachedTokens, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: thought },
    },
  };
}

function logprobsOf(token: string) {
  return {
    content: [{ token, logprob: -0.1, bytes: [...Buffer.from(token)], top_logprobs: [] }],
    refusal: null,
  };
}

function wholeChat(turn: Turn, withUsage: boolean): Answer {
  const message = {
    role: 'assistant',
    content: turn.tools.length > 0 ? null : turn.text,
    refusal: null,
    ...(turn.reasoning ? { reasoning_content: turn.reasoning } : {}),
    ...(turn.tools.length > 0 ? { tool_calls: turn.tools } : {}),
  };
  return jsonAnswer({
    id: turn.id,
    object: 'chat.completion',
    created: turn.created,
    model: turn.model,
    choices: Array.from({ length: turn.choices }, (_, index) => ({
      index,
      message,
      logprobs: turn.logprobs ? logprobsOf(turn.text) : null,
      finish_reason: turn.tools.length > 0 ? 'tool_calls' : 'stop',
    })),
    ...(withUsage ? { usage: turn.usage } : {}),
    system_fingerprint: 'fp_fake',
    x_unknown: unknownField,
  });
}

function deltasOf(turn: Turn): Record<string, unknown>[] {
  const reasoning = turn.reasoning ? tokensOf(turn.reasoning) : [];
  const calls = turn.tools.flatMap((call, index) => {
    const { name, arguments: args } = call.function;
    const half = args.length >> 1;
    return [
      { tool_calls: [{ index, id: call.id, type: 'function', function: { name, arguments: '' } }] },
      { tool_calls: [{ index, function: { arguments: args.slice(0, half) } }] },
      { tool_calls: [{ index, function: { arguments: args.slice(half) } }] },
    ];
  });
  return [
    ...reasoning.map((token) => ({ reasoning_content: token })),
    ...tokensOf(turn.text).map((content) => ({ content })),
    ...calls,
  ];
}

function streamedChat(turn: Turn, usage: 'never' | 'last' | 'every'): Answer {
  const chunk = (choices: unknown[], extra: Record<string, unknown> = {}) => ({
    id: turn.id,
    object: 'chat.completion.chunk',
    created: turn.created,
    model: turn.model,
    system_fingerprint: 'fp_fake',
    choices,
    x_unknown: unknownField,
    ...(usage === 'never' ? {} : { usage: usage === 'every' ? turn.usage : null }),
    ...extra,
  });
  const choice = (index: number, delta: Record<string, unknown>, finish: string | null) => ({
    index,
    delta,
    ...(turn.logprobs && typeof delta.content === 'string'
      ? { logprobs: logprobsOf(delta.content) }
      : { logprobs: null }),
    finish_reason: finish,
  });
  const indexes = Array.from({ length: turn.choices }, (_, index) => index);
  const all = (delta: Record<string, unknown>, finish: string | null) =>
    indexes.map((index) => chunk([choice(index, delta, finish)]));
  return streamAnswer([
    ...all({ role: 'assistant', content: '' }, null),
    ...deltasOf(turn).flatMap((delta) => all(delta, null)),
    ...all({}, turn.tools.length > 0 ? 'tool_calls' : 'stop'),
    ...(usage === 'last' ? [chunk([], { usage: turn.usage })] : []),
  ]);
}

function usageMode(json: Record<string, unknown>, fault: Fault): 'never' | 'last' | 'every' {
  if (fault.name === 'no-usage') return 'never';
  if (fault.name === 'usage-in-every-chunk') return 'every';
  const options = json.stream_options;
  const asked = typeof options === 'object' && options !== null && 'include_usage' in options;
  return asked && options.include_usage === true ? 'last' : 'never';
}

/** The answer to POST /chat/completions; 400 in OpenAI's words for a request without messages. */
export function chatAnswer(json: Record<string, unknown>, fault: Fault, voice: Voice): Answer {
  if (fault.name === 'rejects-stream_options' && 'stream_options' in json) {
    const message = 'Unrecognized request argument supplied: stream_options';
    return errorAnswer(400, { message, param: 'stream_options' });
  }
  if (!Array.isArray(json.messages) || json.messages.length === 0) {
    const message =
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.";
    return errorAnswer(400, { message, param: 'messages', code: 'empty_array' });
  }
  const turn = turnFor(json, voice);
  if (fault.name === 'choices-empty') {
    const empty = {
      id: turn.id,
      object: 'chat.completion',
      created: turn.created,
      model: turn.model,
      choices: [],
    };
    return json.stream === true
      ? streamAnswer([{ ...empty, object: 'chat.completion.chunk' }])
      : jsonAnswer(empty);
  }
  return json.stream === true
    ? streamedChat(turn, usageMode(json, fault))
    : wholeChat(turn, fault.name !== 'no-usage');
}
