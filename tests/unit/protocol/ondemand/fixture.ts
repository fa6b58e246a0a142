import { createSseFramer, splitEvents } from '../../../../main/base/sseFramer.ts';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import type { Turn } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';
import { ondemandDialect } from '../../../../main/protocol/ondemand/ondemandDialect.ts';
import { functionTool, turnOf } from '../chat/turnOf.ts';

/** A turn that offers these functions. */
export const offering = (...names: string[]): Turn => turnOf({ tools: names.map(functionTool) });

/** What the decoder makes of a stream that arrives in these pieces. */
export function decode(chunks: readonly Buffer[], turn?: Turn): TurnEvent[] {
  const framer = createSseFramer();
  const decoder = ondemandDialect.createStreamDecoder('req_1', turn);
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

/** Neighbouring pieces of one text or of one call's arguments as one event. */
export function joined(events: readonly TurnEvent[]): TurnEvent[] {
  const whole: TurnEvent[] = [];
  for (const event of events) {
    const last = whole.at(-1);
    if (event.type === 'text' && last?.type === 'text')
      whole[whole.length - 1] = { ...last, text: last.text + event.text };
    else if (event.type === 'toolArguments' && last?.type === 'toolArguments' && last.index === event.index)
      whole[whole.length - 1] = { ...last, text: last.text + event.text };
    else whole.push(event);
  }
  return whole;
}

/** The text in pieces, cut anywhere. */
export function slices(text: string, cuts: readonly number[]): string[] {
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].toSorted(
    (a, b) => a - b,
  );
  return edges.slice(1).map((edge, at) => text.slice(edges[at], edge));
}
