import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { createSseFramer, splitEvents } from '../../../../main/base/sseFramer.ts';
import type { AnswerContext } from '../../../../main/protocol/dialect.ts';
import { geminiDialect } from '../../../../main/protocol/gemini/geminiDialect.ts';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { plainSampling, plainTurn } from '../../../../main/protocol/hub/plainTurn.ts';
import type { JsonObject, Message, Sampling, Turn } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';

const folder = path.join(import.meta.dirname, '../../../fixtures/gemini');

/** Google ends lines with CR LF; a checkout may have changed that. */
export function stream(name: string): Buffer {
  const text = readFileSync(path.join(folder, `${name}.sse`), 'utf8');
  return Buffer.from(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'));
}

export const streams = ['text', 'thinking-tools', 'grounding', 'blocked', 'error'];

export const cliRequest = JSON.parse(
  readFileSync(path.join(folder, 'cli-request.json'), 'utf8'),
) as JsonObject;

/** The bytes in pieces, cut anywhere. */
export function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted(
    (a, b) => a - b,
  );
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

export const cuts = fc.array(fc.nat(), { maxLength: 30 });

/** What the decoder makes of a stream that arrives in these pieces. */
export function decode(chunks: readonly Buffer[]): TurnEvent[] {
  const framer = createSseFramer();
  const decoder = geminiDialect.createStreamDecoder('req_1');
  const events: TurnEvent[] = [];
  for (const chunk of [...chunks, null]) {
    const complete = chunk ? framer.push(chunk) : framer.rest();
    for (const { data } of complete ? splitEvents(complete) : [])
      if (data !== null) events.push(...decoder.push(data));
  }
  return [...events, ...decoder.end()];
}

export function collect(events: readonly TurnEvent[]): TurnResult {
  const collector = createTurnCollector();
  for (const event of events) collector.push(event);
  return collector.result();
}

export function turn(
  messages: readonly Message[],
  more: Partial<Omit<Turn, 'sampling'>> & { sampling?: Partial<Sampling> } = {},
): Turn {
  return plainTurn({ model: 'm', messages, ...more, sampling: { ...plainSampling, ...more.sampling } });
}

export const said = (role: Message['role'], text: string): Message => ({
  role,
  parts: [{ type: 'text', text }],
});

export const hi = said('user', 'Hi');

export function context(more: Partial<AnswerContext> = {}): AnswerContext {
  return {
    requestId: 'req_1',
    model: 'asked-model',
    created: 1_700_000_000,
    wantsUsage: false,
    turn: turn([hi]),
    body: {},
    inputTokens: 1,
    ...more,
  };
}

export function encode(value: Turn, model = 'gemini-2.5-flash') {
  return geminiDialect.encodeRequest(value, { model });
}
