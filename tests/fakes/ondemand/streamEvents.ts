// The events of an answer's stream, byte for byte as captured: no space after a field's colon, pieces of the answer
// spaced like Python writes JSON, all else compact.
import { tokensOf } from '../upstream/tokens.ts';
import type { StreamStyle } from './streamStyle.ts';

export interface Metrics {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly ragTimeSec: number;
  readonly fulfillmentTimeSec: number;
  readonly totalTimeSec: number;
}

export interface StreamedAnswer {
  readonly sessionId: string;
  readonly messageId: string;
  readonly text: string;
  /** Null where the model does not reason. */
  readonly thoughts: string | null;
  readonly metrics: Metrics;
  readonly style: StreamStyle;
}

export const doneEvent = 'event:message\ndata:[DONE]';

export function errorEvent(errorCode: string, message: string): string {
  return `event:message\ndata:[ERROR]:${JSON.stringify({ message, errorCode })}`;
}

/** To the second. */
const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

export function heartbeatEvent({ sessionId, messageId }: { sessionId: string; messageId: string }): string {
  return `event:heartbeat\ndata:${JSON.stringify({ sessionId, messageId, time: now() })}`;
}

/** Pieces of the answer, to tell them from the events around. */
export const isPiece = (event: string) => event.includes('"eventType": "fulfillment"');

/** From the status log to [DONE]. */
export function streamEvents(answer: StreamedAnswer): string[] {
  const { sessionId, messageId, text, thoughts, metrics, style } = answer;
  const ids = { sessionId, messageId };
  // `message` events share one counter, `thinking` events have their own.
  const counters = { message: 0, thinking: 0 };
  const index = (name: keyof typeof counters) => {
    counters[name] += 1;
    return counters[name];
  };
  const message = (eventType: string, payload: object) =>
    `event:message\ndata:${JSON.stringify({ ...ids, eventIndex: index('message'), eventType, status: 'processing', ...payload })}`;
  const status = (statusType: string, statusMessage: string, more: object = {}) =>
    message('statusLog', { currentStatusLog: { statusType, statusMessage, ...more, time: now() } });
  const piece = (delta: string | null) =>
    `event:message\ndata:{"sessionId": "${sessionId}", "messageId": "${messageId}", "answer": ${JSON.stringify(delta)}, "status": "processing", "eventIndex":${index('message')}, "eventType": "fulfillment"}`;
  const aside = (eventType: string, payload: object) =>
    `event:thinking\ndata:${JSON.stringify({ ...ids, eventIndex: index('thinking'), eventType, status: 'processing', ...payload })}`;
  const thinking = (delta: string) => aside('fulfillment_thinking', { thinking: { delta } });
  const beat = () => (style.heartbeats ? [heartbeatEvent(ids)] : []);

  const thought = tokensOf(thoughts ?? '');
  const pieces = tokensOf(text);
  const around = style.thinking === 'around' && thought.length > 2;
  const [first, between, last] = around
    ? [thought.slice(0, -2), thought.slice(-2, -1), thought.slice(-1)]
    : [thought, [], []];
  const middle = pieces.length >> 1;
  const events: string[] = [];
  if (style.statusLog) events.push(status('fulfilling', 'Fulfilling the prompt...'));
  events.push(...beat());
  if (style.planning) {
    events.push(aside('planning_thinking', { thinking: { delta: 'A plan is needed.' } }));
    for (const delta of ['{"plan":', '["answer"]}'])
      events.push(aside('planning_output', { output: { delta } }));
  }
  events.push(...first.map(thinking));
  // An empty piece closes the thoughts.
  if (thought.length > 0 && !around) events.push(thinking(''));
  if (style.nullAnswers) events.push(piece(null));
  for (const [at, delta] of pieces.entries()) {
    if (at === middle) {
      if (style.nullAnswers && at > 0) events.push(piece(null));
      events.push(...between.map(thinking));
    }
    events.push(piece(delta));
  }
  events.push(...last.map(thinking));
  if (around) events.push(thinking(''));
  if (style.statusLog) {
    const whole = style.repeatAnswer ? { answer: text } : {};
    events.push(status('fulfillment_completed', 'Fulfillment completed', whole));
  }
  if (style.metricsLog) events.push(message('metricsLog', { publicMetrics: metrics }));
  return [...events, ...beat(), doneEvent];
}
