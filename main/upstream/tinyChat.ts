// The smallest conversation there is, to see whether an upstream answers: written and judged in the dialect it speaks.
import type { DialectName } from '../protocol/dialect.ts';
import { dialects } from '../protocol/dialects.ts';
import type { Turn } from '../protocol/hub/turn.ts';
import { conversations } from '../protocol/operation.ts';
import type { UpstreamCall } from './driver.ts';
import type { Quirk } from './quirk.ts';

const tinyTurn = (model: string, stream: boolean): Turn => ({
  model,
  stream,
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Say "ok".' }] }],
  tools: [],
  toolChoice: null,
  parallelToolCalls: null,
  output: null,
  reasoning: null,
  sampling: {
    temperature: null,
    topP: null,
    topK: null,
    presencePenalty: null,
    frequencyPenalty: null,
    seed: null,
    logprobs: null,
    topLogprobs: null,
    logitBias: null,
    candidates: null,
  },
  // The least that the Responses API takes.
  maxTokens: 16,
  stop: [],
  user: null,
  cacheKey: null,
  verbosity: null,
  serviceTier: null,
  dropped: [],
});

export function tinyCall(
  dialect: DialectName,
  model: string,
  stream: boolean,
  quirks: ReadonlySet<Quirk>,
): UpstreamCall {
  const { body } = dialects[dialect].encodeRequest(tinyTurn(model, stream), { model, quirks });
  const payload = { form: 'encoded', body } as const;
  return { operation: conversations[dialect], payload, stream, passHeaders: {} };
}

/** Why an answer of status 200 is none, or null where it is one. */
export function faultOfTinyAnswer(
  dialect: DialectName,
  body: Buffer,
  contentType: string,
  stream: boolean,
): string | null {
  if (!stream || !/event-stream/i.test(contentType)) {
    const { fault } = dialects[dialect].readAnswer(body);
    return fault ?? (stream ? 'it answers in one piece although a stream was asked for' : null);
  }
  const tap = dialects[dialect].createTap({ hideUsage: false });
  tap.push(body);
  tap.end();
  return tap.seen.error ?? (tap.seen.meaningful ? null : 'the stream ended without an answer');
}
