// The hub's events -> Anthropic's stream: blocks 0, 1, 2 …, one open at a time, each tool's input a JSON object when it stops.
import type { AnswerContext, StreamEncoder } from '../dialect.ts';
import type { DialectError } from '../dialectError.ts';
import type { Signature } from '../hub/turn.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import type { FinishReason, Usage } from '../hub/turnResult.ts';
import { callId, mediaText, messageId } from './encodeMessagesResult.ts';
import { writeCitation } from './messagesCitation.ts';
import { messagesErrorEvent } from './messagesError.ts';
import { writeStopReason } from './messagesStop.ts';
import { pingEvent } from './messagesTap.ts';
import { guessTokens, writeMessagesUsage } from './messagesUsage.ts';
import { createObjectWriter, type ObjectWriter } from './objectWriter.ts';
import { writeSignature } from './thinkingSignature.ts';

type Open =
  | { readonly type: 'text' }
  /** `ended`: it has no proof of its own, and waits for the call behind it, whose proof it may carry. */
  | { readonly type: 'thinking'; ended: boolean }
  | { readonly type: 'tool_use'; readonly call: number; readonly writer: ObjectWriter; free: string | null };

type CallEvent = Extract<TurnEvent, { type: 'toolCall' }>;

export function createMessagesStreamEncoder(context: AnswerContext): StreamEncoder {
  let begun = false;
  let over = false;
  let index = -1;
  let open: Open | null = null;
  /** What belongs behind the open call, whose input is not whole yet. */
  let waiting: TurnEvent[] = [];
  const taken = new Set<string>();
  let usage: Usage | null = null;
  let finish: { reason: FinishReason; stopSequence: string | null } | null = null;
  let guessed = 0;

  const emit = (type: string, fields: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
  const emitDelta = (delta: object): string => emit('content_block_delta', { index, delta });
  const emitStart = (content_block: object): string => {
    index += 1;
    return emit('content_block_start', { index, content_block });
  };
  const usageOf = (outputTokens: number): object =>
    writeMessagesUsage(usage, { inputTokens: context.inputTokens, outputTokens });

  function begin(id: string | null): string {
    if (begun) return '';
    begun = true;
    return emit('message_start', {
      message: {
        id: messageId(id, context),
        type: 'message',
        role: 'assistant',
        model: context.model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: usageOf(0),
      },
    });
  }

  function emitInput(json: string): string {
    return json === '' ? '' : emitDelta({ type: 'input_json_delta', partial_json: json });
  }

  /** `signature`: of the thinking that ends, or of the call that follows it. */
  function close(signature = ''): string {
    if (!open) return '';
    let out = '';
    if (open.type === 'thinking') out = emitDelta({ type: 'signature_delta', signature });
    if (open.type === 'tool_use')
      out = emitInput(open.free === null ? open.writer.end() : JSON.stringify({ input: open.free }));
    open = null;
    return out + emit('content_block_stop', { index });
  }

  function say(text: string): string {
    if (text === '') return '';
    guessed += guessTokens(text);
    let out = '';
    if (open?.type !== 'text') {
      out = close() + emitStart({ type: 'text', text: '' });
      open = { type: 'text' };
    }
    return out + emitDelta({ type: 'text_delta', text });
  }

  function openThinking(): string {
    if (open?.type === 'thinking' && !open.ended) return '';
    const out = close() + emitStart({ type: 'thinking', thinking: '', signature: '' });
    open = { type: 'thinking', ended: false };
    return out;
  }

  function think(text: string): string {
    if (text === '') return '';
    guessed += guessTokens(text);
    return openThinking() + emitDelta({ type: 'thinking_delta', thinking: text });
  }

  function endThinking(signature: Signature | null, redacted: boolean, id: string | null): string {
    if (redacted && signature?.family === 'anthropic')
      return (
        close() +
        emitStart({ type: 'redacted_thinking', data: signature.value }) +
        emit('content_block_stop', { index })
      );
    if (signature) return openThinking() + close(writeSignature(signature, 'thinking', id));
    if (open?.type === 'thinking') open.ended = true;
    return '';
  }

  function beginCall({ index: call, kind, id, name, signature }: CallEvent): string {
    guessed += guessTokens(name);
    const carried = writeSignature(signature, 'call');
    let out = carried === '' || open?.type === 'thinking' ? '' : openThinking();
    out += close(carried);
    out += emitStart({ type: 'tool_use', id: callId(id, context, taken), name, input: {} });
    open = { type: 'tool_use', call, writer: createObjectWriter(), free: kind === 'custom' ? '' : null };
    return out;
  }

  function pushInput(call: number, text: string): string {
    if (open?.type !== 'tool_use' || open.call !== call) return '';
    guessed += guessTokens(text);
    if (open.free === null) return emitInput(open.writer.push(text));
    open.free += text;
    return '';
  }

  function write(event: TurnEvent): string {
    switch (event.type) {
      case 'text':
      case 'refusal':
        return say(event.text);
      case 'reasoning':
        return think(event.text);
      case 'reasoningEnd':
        return endThinking(event.signature, event.redacted, event.id);
      case 'toolCall':
        return beginCall(event);
      case 'toolArguments':
        return pushInput(event.index, event.text);
      case 'media':
        return say(mediaText(event.part));
      case 'citation':
        if (open?.type !== 'text') return '';
        return emitDelta({ type: 'citations_delta', citation: writeCitation(event.citation) });
      default:
        return '';
    }
  }

  const isUnfinished = (): boolean =>
    open?.type === 'tool_use' && (open.free !== null || !open.writer.complete);
  const isOwn = (event: TurnEvent): boolean =>
    event.type === 'toolArguments' && open?.type === 'tool_use' && event.index === open.call;

  /** Writes what waited, as far as it may stand now. */
  function drain(): string {
    let out = '';
    for (;;) {
      const at = isUnfinished() ? waiting.findIndex(isOwn) : 0;
      const event = waiting[at];
      if (!event) return out;
      waiting = waiting.toSpliced(at, 1);
      out += write(event);
    }
  }

  function accept(event: TurnEvent): string {
    if (isUnfinished() && !isOwn(event)) {
      waiting.push(event);
      return '';
    }
    const out = write(event);
    return waiting.length > 0 ? out + drain() : out;
  }

  function end(): string {
    over = true;
    let out = begin(null) + drain() + close();
    while (waiting.length > 0) out += drain() + close();
    const { reason = 'stop', stopSequence = null } = finish ?? {};
    const stop_reason = writeStopReason(reason, stopSequence, taken.size > 0);
    const stop_sequence = stop_reason === 'stop_sequence' ? stopSequence : null;
    out += emit('message_delta', { delta: { stop_reason, stop_sequence }, usage: usageOf(guessed) });
    return out + emit('message_stop', {});
  }

  function fail(error: DialectError): string {
    if (over) return '';
    over = true;
    return messagesErrorEvent(error, context.requestId);
  }

  return {
    push(event) {
      if (over) return '';
      switch (event.type) {
        case 'start':
          return begin(event.id);
        case 'usage':
          usage = event.usage;
          return '';
        case 'finish':
          finish = event;
          return '';
        case 'end':
          return end();
        case 'error': {
          const { message, code } = event;
          return fail({ status: 502, message, type: 'server_error', code, param: null, retryAfterMs: null });
        }
        default:
          return begin(null) + accept(event);
      }
    },
    fail,
    heartbeat: () => {
      if (over) return '';
      return begun ? pingEvent : ': keep-alive\n\n';
    },
  };
}
