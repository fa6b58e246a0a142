// Chat completions as OpenAI's surface has them: JSON and stream, tools, reasoning, logprobs, usage, fields nobody knows.
import { type Answer, errorAnswer, jsonAnswer, streamAnswer } from '../answer.ts';
import { type Json, numberOrNull } from '../asked.ts';
import type { Fault } from '../fault.ts';
import { piecesOf, type Reply } from '../reply.ts';
import { tokensOf } from '../tokens.ts';

interface ToolCall {
  id: string;
  type: 'function' | 'custom';
  function?: { name: string; arguments: string };
  custom?: { name: string; input: string };
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
  finish: 'stop' | 'length' | 'tool_calls';
  usage: Json;
  /** Azure says what its filters found. */
  filters: boolean;
}

const unknownField = { nested: [1, 2, { three: true }] };

const finishes = { stop: 'stop', length: 'length', calls: 'tool_calls' } as const;

/** Azure's note on each prompt and choice. */
const filtered = {
  hate: { filtered: false, severity: 'safe' },
  violence: { filtered: false, severity: 'safe' },
};
const promptFilters = [{ prompt_index: 0, content_filter_results: filtered }];

function turnFor(json: Json, reply: Reply, azure: boolean): Turn {
  const { usage } = reply;
  const choices = numberOrNull(json.n) ?? 1;
  const output = (usage.output - usage.reasoning) * choices + usage.reasoning;
  return {
    id: `chatcmpl-${reply.id}`,
    created: 1_760_000_000 + reply.id,
    model: reply.model,
    text: reply.text,
    reasoning: reply.shown ? reply.reasoning : null,
    tools: reply.calls.map(({ kind, name, arguments: text }, index) => ({
      id: `call_${reply.id}_${index + 1}`,
      type: kind,
      ...(kind === 'custom' ? { custom: { name, input: text } } : { function: { name, arguments: text } }),
    })),
    logprobs: json.logprobs === true,
    choices,
    finish: finishes[reply.finish],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: output,
      total_tokens: usage.input + output,
      prompt_tokens_details: { cached_tokens: usage.cached, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: usage.reasoning },
    },
    filters: azure,
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
    content: turn.tools.length > 0 && turn.text === '' ? null : turn.text,
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
      finish_reason: turn.finish,
      ...(turn.filters ? { content_filter_results: filtered } : {}),
    })),
    ...(turn.filters ? { prompt_filter_results: promptFilters } : {}),
    ...(withUsage ? { usage: turn.usage } : {}),
    system_fingerprint: 'fp_fake',
    x_unknown: unknownField,
  });
}

function deltasOf(turn: Turn): Json[] {
  const reasoning = turn.reasoning ? tokensOf(turn.reasoning) : [];
  const calls = turn.tools.flatMap((call, index) => {
    const name = (call.function ?? call.custom)?.name;
    const body = call.function ? call.function.arguments : (call.custom?.input ?? '');
    const named = call.function ? { name, arguments: '' } : { name, input: '' };
    return [
      { tool_calls: [{ index, id: call.id, type: call.type, [call.type]: named }] },
      ...piecesOf(body).map((piece) => ({
        tool_calls: [{ index, [call.type]: call.function ? { arguments: piece } : { input: piece } }],
      })),
    ];
  });
  return [
    ...reasoning.map((token) => ({ reasoning_content: token })),
    ...tokensOf(turn.text).map((content) => ({ content })),
    ...calls,
  ];
}

function streamedChat(turn: Turn, usage: 'never' | 'last' | 'every'): Answer {
  const chunk = (choices: unknown[], extra: Json = {}) => ({
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
  const choice = (index: number, delta: Json, finish: string | null) => ({
    index,
    delta,
    ...(turn.logprobs && typeof delta.content === 'string'
      ? { logprobs: logprobsOf(delta.content) }
      : { logprobs: null }),
    finish_reason: finish,
    ...(turn.filters ? { content_filter_results: filtered } : {}),
  });
  const indexes = Array.from({ length: turn.choices }, (_, index) => index);
  const all = (delta: Json, finish: string | null) =>
    indexes.map((index) => chunk([choice(index, delta, finish)]));
  return streamAnswer([
    ...(turn.filters ? [chunk([], { prompt_filter_results: promptFilters })] : []),
    ...all({ role: 'assistant', content: '' }, null),
    ...deltasOf(turn).flatMap((delta) => all(delta, null)),
    ...all({}, turn.finish),
    ...(usage === 'last' ? [chunk([], { usage: turn.usage })] : []),
  ]);
}

function usageMode(json: Json, fault: Fault): 'never' | 'last' | 'every' {
  if (fault.name === 'no-usage') return 'never';
  if (fault.name === 'usage-in-every-chunk') return 'every';
  const options = json.stream_options;
  const asked = typeof options === 'object' && options !== null && 'include_usage' in options;
  return asked && options.include_usage === true ? 'last' : 'never';
}

/** The answer to POST /chat/completions; 400 in OpenAI's words for a request without messages. */
export function chatAnswer(json: Json, fault: Fault, reply: Reply, azure = false): Answer {
  if (fault.name === 'rejects-stream_options' && 'stream_options' in json) {
    const message = 'Unrecognized request argument supplied: stream_options';
    return errorAnswer(400, { message, param: 'stream_options' });
  }
  if (!Array.isArray(json.messages) || json.messages.length === 0) {
    const message =
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.";
    return errorAnswer(400, { message, param: 'messages', code: 'empty_array' });
  }
  const turn = turnFor(json, reply, azure);
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
