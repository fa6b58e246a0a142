// OpenAI's responses as the service answers: an item for the thoughts, one for the text, one a call; each told piece by piece and then whole.
import type {
  Response,
  ResponseCreateParamsBase,
  ResponseCustomToolCall,
  ResponseFunctionToolCallItem,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseOutputText,
  ResponseReasoningItem,
} from 'openai/resources/responses/responses';
import { type Answer, jsonAnswer, namedStreamAnswer } from '../answer.ts';
import { type Json, numberOrNull, stringOr } from '../asked.ts';
import { piecesOf, type Reply } from '../reply.ts';
import { tokensOf } from '../tokens.ts';
import { sealedThought } from './responsesRules.ts';

type Item =
  | ResponseReasoningItem
  | ResponseOutputMessage
  | ResponseFunctionToolCallItem
  | (ResponseCustomToolCall & { id: string });

/** `output_text` is the SDK's own, not on the wire. */
type WireResponse = Omit<Response, 'output_text' | 'access_programs'>;

export function itemsFor(json: Json, reply: Reply): Item[] {
  const items: Item[] = [];
  if (reply.reasoning !== null) {
    const id = `rs_${reply.id}`;
    const sealed = Array.isArray(json.include) && json.include.includes('reasoning.encrypted_content');
    items.push({
      id,
      type: 'reasoning',
      summary: reply.shown ? [{ type: 'summary_text', text: reply.reasoning }] : [],
      ...(sealed ? { encrypted_content: sealedThought(id) } : {}),
    });
  }
  if (reply.text !== '') {
    const text: ResponseOutputText = { type: 'output_text', annotations: [], logprobs: [], text: reply.text };
    items.push({
      id: `msg_${reply.id}`,
      type: 'message',
      status: reply.finish === 'length' ? 'incomplete' : 'completed',
      role: 'assistant',
      content: [text],
    });
  }
  for (const [index, { kind, name, arguments: given }] of reply.calls.entries()) {
    const number = `${reply.id}_${index + 1}`;
    const call_id = `call_${number}`;
    if (kind === 'custom')
      items.push({ id: `ctc_${number}`, type: 'custom_tool_call', call_id, name, input: given });
    else
      items.push({
        id: `fc_${number}`,
        type: 'function_call',
        status: 'completed',
        call_id,
        name,
        arguments: given,
      });
  }
  return items;
}

function responseFor(json: Json, reply: Reply, output: readonly Item[]): WireResponse {
  const asked = json as Partial<ResponseCreateParamsBase>;
  const { usage } = reply;
  const cut = reply.finish === 'length';
  return {
    id: `resp_${reply.id}`,
    object: 'response',
    created_at: 1_760_000_000 + reply.id,
    status: cut ? 'incomplete' : 'completed',
    background: false,
    error: null,
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    instructions: stringOr(json.instructions, null),
    max_output_tokens: numberOrNull(json.max_output_tokens),
    metadata: {},
    model: reply.model,
    output: [...output] as ResponseOutputItem[],
    parallel_tool_calls: json.parallel_tool_calls !== false,
    previous_response_id: stringOr(json.previous_response_id, null),
    reasoning: { effort: null, summary: null, ...asked.reasoning },
    service_tier: 'default',
    temperature: asked.temperature ?? 1,
    text: { format: { type: 'text' }, verbosity: 'medium', ...asked.text },
    tool_choice: asked.tool_choice ?? 'auto',
    tools: asked.tools ?? [],
    top_p: asked.top_p ?? 1,
    truncation: 'disabled',
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached, cache_write_tokens: 0 },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output,
    },
  };
}

type Event = { readonly type: string } & Json;

/** The deltas of a text in one of the shapes that responses have for it, and the whole of it. */
function told(type: string, place: Json, pieces: readonly string[], whole: Json, extra: Json = {}): Event[] {
  return [
    ...pieces.map((delta) => ({ type: `response.${type}.delta`, ...place, delta, ...extra })),
    { type: `response.${type}.done`, ...place, ...whole, ...extra },
  ];
}

function reasoningEvents(item: ResponseReasoningItem, place: Json): Event[] {
  return item.summary.flatMap((part, summary_index): Event[] => {
    const at = { ...place, summary_index };
    return [
      { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } },
      ...told('reasoning_summary_text', at, tokensOf(part.text), { text: part.text }),
      { type: 'response.reasoning_summary_part.done', ...at, part },
    ];
  });
}

function messageEvents(item: ResponseOutputMessage, place: Json): Event[] {
  return item.content.flatMap((part, content_index): Event[] => {
    if (part.type !== 'output_text') return [];
    const at = { ...place, content_index };
    return [
      { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
      ...told('output_text', at, tokensOf(part.text), { text: part.text }, { logprobs: [] }),
      { type: 'response.content_part.done', ...at, part },
    ];
  });
}

function itemEvents(item: Item, output_index: number): Event[] {
  const place = { item_id: item.id, output_index };
  const around = (empty: object, inner: Event[]): Event[] => [
    { type: 'response.output_item.added', output_index, item: { ...item, ...empty } },
    ...inner,
    { type: 'response.output_item.done', output_index, item },
  ];
  switch (item.type) {
    case 'reasoning':
      return around({ summary: [] }, reasoningEvents(item, place));
    case 'message':
      return around({ status: 'in_progress', content: [] }, messageEvents(item, place));
    case 'function_call':
      return around(
        { status: 'in_progress', arguments: '' },
        told('function_call_arguments', place, piecesOf(item.arguments), { arguments: item.arguments }),
      );
    case 'custom_tool_call':
      return around(
        { input: '' },
        told('custom_tool_call_input', place, piecesOf(item.input), { input: item.input }),
      );
  }
}

export function responsesAnswer(json: Json, reply: Reply): Answer {
  const items = itemsFor(json, reply);
  const response = responseFor(json, reply, items);
  if (json.stream !== true) return jsonAnswer(response);
  const begun = { ...response, status: 'in_progress', incomplete_details: null, output: [], usage: null };
  const events: Event[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...items.flatMap(itemEvents),
    { type: `response.${response.status}`, response },
  ];
  return namedStreamAnswer(events.map((event, sequence_number) => ({ ...event, sequence_number })));
}
