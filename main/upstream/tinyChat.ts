// The smallest conversation there is, to see whether an upstream answers: written and judged in the dialect it speaks.
import type { WireName } from '../protocol/dialect.ts';
import { upstreamDialects } from '../protocol/dialects.ts';
import { ForeignEventError } from '../protocol/hub/hubErrors.ts';
import { plainTurn } from '../protocol/hub/plainTurn.ts';
import type { Turn } from '../protocol/hub/turn.ts';
import { upstreamConversations } from '../protocol/operation.ts';
import { readStream } from '../protocol/readStream.ts';
import type { UpstreamCall } from './driver.ts';

const tinyTurn = (model: string, stream: boolean): Turn =>
  plainTurn({
    model,
    stream,
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Say "ok".' }] }],
    // The least that the Responses API takes.
    maxTokens: 16,
  });

export function tinyCall(dialect: WireName, model: string, stream: boolean): UpstreamCall {
  const { body } = upstreamDialects[dialect].encodeRequest(tinyTurn(model, stream), { model });
  const payload = { form: 'encoded', body } as const;
  return { operation: upstreamConversations[dialect], payload, stream, passHeaders: {} };
}

/** Events that a model's words come in. */
const saying: ReadonlySet<string> = new Set(['text', 'reasoning', 'refusal', 'toolCall', 'media']);

/** Why an answer of status 200 is none, or null where it is one. */
export function faultOfTinyAnswer(
  dialect: WireName,
  body: Buffer,
  contentType: string,
  stream: boolean,
): string | null {
  // Some stream whatever they are asked for; the gateway takes that too.
  if (!/event-stream/i.test(contentType)) {
    const { fault } = upstreamDialects[dialect].readAnswer(body);
    return fault ?? (stream ? 'it answers in one piece although a stream was asked for' : null);
  }
  try {
    const decoder = upstreamDialects[dialect].createStreamDecoder('probe');
    const events = readStream(decoder, body);
    // A model that thinks may use up the few tokens it was given.
    const spoke = events.some(
      (event) => saying.has(event.type) || (event.type === 'finish' && event.reason === 'length'),
    );
    return spoke ? null : 'the stream ended without an answer';
  } catch (error) {
    if (error instanceof ForeignEventError) return error.message;
    throw error;
  }
}
