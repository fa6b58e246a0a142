// One query to one answer: what the model says, remembered by its session, in the mode that was asked for.
import { type Answer, eventsAnswer, jsonAnswer } from '../upstream/answer.ts';
import { type Fault, numberOf } from '../upstream/fault.ts';
import { thoughts } from '../upstream/reply.ts';
import { tokensOf } from '../upstream/tokens.ts';
import { variantOf } from './faults.ts';
import type { AskedQuery } from './readQuery.ts';
import { refusal } from './refusal.ts';
import { say } from './say.ts';
import { newId, type OndemandSession, type SessionTurn } from './sessions.ts';
import { errorEvent, heartbeatEvent, isPiece, type Metrics, streamEvents } from './streamEvents.ts';
import type { StreamStyle } from './streamStyle.ts';

/** Which form the whole answer has on the twins below `/client`: each was read by somebody, none was recorded. */
export type ClientSync = 'data' | 'answer' | 'sse';

export interface QueryContext {
  readonly session: OndemandSession;
  /** Number of the request in the journal. */
  readonly request: number;
  readonly fault: Fault;
  readonly style: StreamStyle;
  /** How a whole answer is written. */
  readonly sync: ClientSync;
  /** Says something else than the emulator would; null leaves it to it. */
  readonly reply: ((asked: AskedQuery, session: OndemandSession) => string | null) | null;
  remember(turn: SessionTurn): void;
}

/** An answer, and the heartbeat that belongs into its pauses. */
export interface QueryAnswer extends Answer {
  readonly heartbeat?: () => string;
}

/** The service's own prompt counts, where the caller sends none. */
const defaultPromptTokens = 1_000;

function cutAtStop(text: string, stops: readonly string[]): string {
  const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return found.length === 0 ? text : text.slice(0, Math.min(...found));
}

function metricsOf(asked: AskedQuery, memory: readonly string[], said: string): Metrics {
  const count = (text: string) => tokensOf(text).length;
  const prompt = asked.prompt === null ? defaultPromptTokens : count(asked.prompt);
  const inputTokens = [...memory, asked.query].reduce((sum, text) => sum + count(text), prompt);
  const outputTokens = count(said);
  const seconds = Math.round(outputTokens) / 100;
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens,
    ragTimeSec: 0,
    fulfillmentTimeSec: seconds,
    totalTimeSec: seconds,
  };
}

/** The first `count` pieces of the answer and all that stands before the next. */
function upToPiece(events: readonly string[], count: number): string[] {
  const next = events.flatMap((event, at) => (isPiece(event) ? [at] : []))[count];
  return next === undefined ? events.slice(0, -1) : events.slice(0, next);
}

function bent(events: readonly string[], fault: Fault): string[] {
  switch (fault.name) {
    case 'no-done':
      return events.slice(0, -1);
    case 'error':
      return [...upToPiece(events, numberOf(fault, 0)), errorEvent('model_error', 'Internal server error')];
    case 'bad-json': {
      const first = events.findIndex(isPiece);
      return events.map((event, at) => (at === first ? `${event.slice(0, -3)}<` : event));
    }
    case 'error-context':
      return [errorEvent('context_length_exceeded', 'Model context length exceeded')];
    case 'error-policy':
      return [errorEvent('content_policy_violation', 'The request was declined')];
    default:
      return [...events];
  }
}

export function answerQuery(asked: AskedQuery, context: QueryContext): QueryAnswer {
  const { session, fault } = context;
  const memory = session.turns.flatMap(({ query, answer }) => [query, answer]);
  const full = context.reply?.(asked, session) ?? say(asked.query, memory);
  const text = fault.name === 'done-empty' ? '' : cutAtStop(full, asked.stopSequences);
  const style = { ...context.style, ...variantOf(fault) };
  const thinks = style.thinking === 'auto' ? asked.endpoint.reasons : style.thinking !== 'none';
  const thought = thinks ? thoughts : null;
  const metrics = metricsOf(asked, memory, text);
  const messageId = newId();
  const ids = { sessionId: session.id, messageId };
  context.remember({
    messageId,
    request: context.request,
    endpointId: asked.endpoint.id,
    mode: asked.mode,
    query: asked.query,
    prompt: asked.prompt,
    answer: text,
    thoughts: thought,
    metrics,
  });

  const stream = () => bent(streamEvents({ ...ids, text, thoughts: thought, metrics, style }), fault);
  const message = 'Chat query submitted successfully';
  if (asked.mode === 'webhook') return jsonAnswer({ message, data: { ...ids, status: 'processing' } });
  if (asked.mode === 'stream') {
    const type: Record<string, string> =
      fault.name === 'mistyped' ? { 'content-type': 'application/json' } : {};
    return { ...eventsAnswer(stream(), type), heartbeat: () => heartbeatEvent(ids) };
  }
  if (fault.name === 'error') return refusal(500, 'model_error', 'Internal server error');
  if (fault.name === 'error-context')
    return refusal(400, 'context_length_exceeded', 'Model context length exceeded');
  if (fault.name === 'error-policy')
    return refusal(403, 'content_policy_violation', 'The request was declined');
  const said = style.nullAnswers ? null : text;
  switch (context.sync) {
    case 'answer':
      return jsonAnswer({ answer: said });
    case 'sse':
      return eventsAnswer(stream());
    case 'data':
      return jsonAnswer({ message, data: { ...ids, answer: said, status: 'completed', metrics } });
  }
}
