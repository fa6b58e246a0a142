// A whole answer, `responseMode: "sync"`: the answer stands in `data`, or at the top below `/client`.
import type { AnswerReading } from '../answerReading.ts';
import { describeForeignBody } from '../foreignBody.ts';
import { createTurnCollector } from '../hub/collectTurn.ts';
import { ForeignEventError } from '../hub/hubErrors.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { JsonObject, Turn } from '../hub/turn.ts';
import type { TurnResult } from '../hub/turnResult.ts';
import { findOndemandFault } from './ondemandFault.ts';
import { createOndemandStreamDecoder } from './ondemandStreamDecoder.ts';
import { readOndemandUsage } from './ondemandUsage.ts';

interface WholeAnswer {
  readonly fault: string | null;
  readonly text: string;
  readonly messageId: unknown;
  readonly metrics: unknown;
}

const isSaid = (answer: unknown): answer is string => typeof answer === 'string' && answer.trim() !== '';

function readWhole(body: Fields): WholeAnswer {
  const data = isFields(body.data) ? body.data : body;
  const text = [data.answer, body.answer].find(isSaid) ?? '';
  const { messageId, metrics, status } = data;
  const read = { text, messageId, metrics };
  const error = findOndemandFault(body) ?? findOndemandFault(data);
  if (error) return { ...read, fault: error.message };
  if (text !== '') return { ...read, fault: null };
  if (status === 'failed') return { ...read, fault: 'the upstream failed to answer' };
  return {
    ...read,
    fault: 'answer' in data || 'answer' in body ? 'the answer is empty' : 'the answer has no text',
  };
}

/** Throws ForeignEventError where it is an error or no answer. `turn`: the request that is answered. */
export function decodeOndemandResult(
  body: JsonObject,
  requestId: string,
  turn: Turn | null = null,
): TurnResult {
  const { fault, text, messageId, metrics } = readWhole(body);
  if (fault !== null) throw new ForeignEventError(fault);
  const decoder = createOndemandStreamDecoder(requestId, turn);
  const collector = createTurnCollector();
  const events = [
    { eventType: 'fulfillment', messageId, answer: text },
    { eventType: 'metricsLog', publicMetrics: metrics },
  ];
  for (const data of [...events.map((event) => JSON.stringify(event)), '[DONE]'])
    for (const event of decoder.push(data)) collector.push(event);
  return collector.result();
}

/** Judges a whole answer of status 200. */
export function readOndemandAnswer(body: Buffer): AnswerReading {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (!isFields(parsed)) return { fault: describeForeignBody(body), usage: null };
    const { fault, metrics } = readWhole(parsed);
    return { fault, usage: readOndemandUsage(metrics) };
  } catch {
    return { fault: describeForeignBody(body), usage: null };
  }
}
