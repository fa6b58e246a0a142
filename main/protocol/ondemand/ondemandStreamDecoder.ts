import type { StreamDecoder } from '../dialect.ts';
import { parseEventFields } from '../hub/parseEvent.ts';
import { type Fields, isFields } from '../hub/reader.ts';
import type { Turn } from '../hub/turn.ts';
import type { TurnEvent } from '../hub/turnEvent.ts';
import { findOndemandFault, type OndemandFault, readErrorMark } from './ondemandFault.ts';
import { readOndemandUsage } from './ondemandUsage.ts';
import { offeredTools } from './promptToolsPrompt.ts';
import { createPromptToolsReader } from './promptToolsReader.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Text comes from `fulfillment` alone: the log of the last step may repeat the whole answer. Status logs, plans, steps and
 * heartbeats say nothing of the answer, and neither does what is unknown. `[DONE]` is the end, with or without an answer; with
 * thoughts alone it is a failure, for what thinks and then says nothing looks like an answer to everybody else.
 * `turn`: the request that is answered, for the tools it offered.
 */
export function createOndemandStreamDecoder(requestId: string, turn: Turn | null = null): StreamDecoder {
  const tools = createPromptToolsReader(offeredTools(turn), requestId);
  let started = false;
  let thinking = false;
  let thought = false;
  let spoke = false;
  let over = false;

  function endThinking(): TurnEvent[] {
    if (!thinking) return [];
    thinking = false;
    return [{ type: 'reasoningEnd', signature: null, redacted: false, id: null }];
  }

  function afterThinking(said: readonly TurnEvent[]): TurnEvent[] {
    if (said.length === 0) return [];
    spoke = true;
    return [...endThinking(), ...said];
  }

  function readThought(delta: string): TurnEvent[] {
    if (delta === '') return endThinking();
    thinking = true;
    thought = true;
    return [{ type: 'reasoning', text: delta }];
  }

  function readEvent(event: Fields): TurnEvent[] {
    switch (event.eventType) {
      case 'fulfillment':
        return afterThinking(tools.push(textOf(event.answer)));
      case 'fulfillment_thinking':
        return readThought(isFields(event.thinking) ? textOf(event.thinking.delta) : '');
      case 'metricsLog': {
        const usage = readOndemandUsage(event.publicMetrics);
        return usage ? [{ type: 'usage', usage }] : [];
      }
      default:
        return [];
    }
  }

  function start(event: Fields): TurnEvent[] {
    if (started) return [];
    started = true;
    return [{ type: 'start', id: textOf(event.messageId) || null, model: null }];
  }

  function fail(fault: OndemandFault): TurnEvent[] {
    over = true;
    return [{ type: 'error', ...fault }];
  }

  function close(): TurnEvent[] {
    over = true;
    const said = tools.end();
    if (thought && !spoke && said.length === 0)
      return [
        ...endThinking(),
        ...fail({ message: 'the answer is empty: it holds thoughts alone', code: null }),
      ];
    // The service gives no reason. A call that lacks its end was cut off, and nobody may run it.
    const reason = tools.torn ? 'length' : tools.calls > 0 ? 'toolCalls' : 'stop';
    return [
      ...start({}),
      ...endThinking(),
      ...said,
      { type: 'finish', reason, stopSequence: null },
      { type: 'end' },
    ];
  }

  function readLine(line: string): TurnEvent[] {
    const text = line.trim();
    if (over || text === '') return [];
    if (text === '[DONE]') return close();
    const told = readErrorMark(text);
    if (told) return fail(told);
    const event = parseEventFields(text);
    const fault = event.eventType === undefined ? findOndemandFault(event) : null;
    if (fault) return fail(fault);
    return [...start(event), ...readEvent(event)];
  }

  return {
    // Each line is a whole: where no blank lines part the events, as this service's clients do not need them to, it is so still.
    push: (data) => data.split('\n').flatMap(readLine),
    end: () => (over ? [] : [...afterThinking(tools.end())]),
  };
}
