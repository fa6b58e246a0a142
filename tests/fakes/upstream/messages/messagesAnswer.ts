// Anthropic messages as the service answers them: blocks one after the other, a signature after the thoughts, usage at both ends.
import type {
  ContentBlock,
  Message,
  MessageDeltaUsage,
  RawMessageStreamEvent,
  StopReason,
  Usage,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { type Answer, jsonAnswer, namedStreamAnswer } from '../answer.ts';
import type { Json } from '../asked.ts';
import { piecesOf, type Reply } from '../reply.ts';
import { seal } from '../seal.ts';
import { tokensOf } from '../tokens.ts';

const reasons = { stop: 'end_turn', length: 'max_tokens', calls: 'tool_use' } as const;

function blocksFor(reply: Reply): ContentBlock[] {
  const { reasoning, shown } = reply;
  const thinking = shown ? (reasoning ?? '') : '';
  return [
    ...(reasoning === null
      ? []
      : [{ type: 'thinking' as const, thinking, signature: seal('anthropic', thinking) }]),
    ...(reply.text === '' ? [] : [{ type: 'text' as const, text: reply.text, citations: null }]),
    ...reply.calls.map(({ name, arguments: json }, index) => ({
      type: 'tool_use' as const,
      id: `toolu_${reply.id}_${index + 1}`,
      caller: { type: 'direct' as const },
      name,
      input: JSON.parse(json) as unknown,
    })),
  ];
}

function usageFor({ usage }: Reply): Usage & MessageDeltaUsage {
  return {
    input_tokens: usage.input - usage.cached,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: usage.cached,
    output_tokens: usage.output,
    output_tokens_details: { thinking_tokens: usage.reasoning },
    inference_geo: 'not_available',
    server_tool_use: null,
    service_tier: 'standard',
    speed: null,
  };
}

function messageFor(reply: Reply): Message {
  const reason: StopReason = reply.stopSequence === null ? reasons[reply.finish] : 'stop_sequence';
  return {
    id: `msg_${reply.id}`,
    type: 'message',
    role: 'assistant',
    model: reply.model,
    content: blocksFor(reply),
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: reason,
    stop_sequence: reply.stopSequence,
    usage: usageFor(reply),
  };
}

function blockEvents(block: ContentBlock, index: number): RawMessageStreamEvent[] {
  const delta = (value: Extract<RawMessageStreamEvent, { type: 'content_block_delta' }>['delta']) => ({
    type: 'content_block_delta' as const,
    index,
    delta: value,
  });
  const start = (empty: ContentBlock) => ({
    type: 'content_block_start' as const,
    index,
    content_block: empty,
  });
  const stop = { type: 'content_block_stop' as const, index };
  switch (block.type) {
    case 'thinking':
      return [
        start({ type: 'thinking', thinking: '', signature: '' }),
        ...tokensOf(block.thinking).map((thinking) => delta({ type: 'thinking_delta', thinking })),
        delta({ type: 'signature_delta', signature: block.signature }),
        stop,
      ];
    case 'text':
      return [
        start({ type: 'text', text: '', citations: null }),
        ...tokensOf(block.text).map((text) => delta({ type: 'text_delta', text })),
        stop,
      ];
    case 'tool_use':
      return [
        start({ ...block, input: {} }),
        ...['', ...piecesOf(JSON.stringify(block.input))].map((partial_json) =>
          delta({ type: 'input_json_delta', partial_json }),
        ),
        stop,
      ];
    default:
      return [];
  }
}

function eventsFor(message: Message): ({ type: 'ping' } | RawMessageStreamEvent)[] {
  const { usage, content, stop_reason, stop_sequence } = message;
  const { output_tokens, output_tokens_details, ...input } = usage;
  const [first, ...rest] = content.flatMap(blockEvents);
  return [
    {
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...input, output_tokens: 1, output_tokens_details: null },
      },
    },
    ...(first ? [first, { type: 'ping' as const }, ...rest] : []),
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence, container: null, stop_details: null },
      usage: {
        input_tokens: usage.input_tokens,
        cache_creation_input_tokens: usage.cache_creation_input_tokens,
        cache_read_input_tokens: usage.cache_read_input_tokens,
        output_tokens,
        output_tokens_details,
        server_tool_use: null,
      },
    },
    { type: 'message_stop' },
  ];
}

export function messagesAnswer(json: Json, reply: Reply): Answer {
  const message = messageFor(reply);
  const headers = { 'request-id': `req_fake_${reply.id}` };
  return json.stream === true
    ? namedStreamAnswer(eventsFor(message), headers)
    : jsonAnswer(message, 200, headers);
}
