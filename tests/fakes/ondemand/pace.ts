// Puts the pauses of a slow answer into its steps, and heartbeats into the pauses.
import type { Answer } from '../upstream/answer.ts';
import { type Fault, numberOf } from '../upstream/fault.ts';
import { planSteps, type Step } from '../upstream/steps.ts';

export interface Pace {
  /** The heartbeat of this answer; null where it is no stream. */
  readonly heartbeat: (() => string) | null;
  readonly heartbeatMs: number;
  /** Milliseconds that pass after each event anyway. */
  readonly eventGapMs: number;
}

/** A heartbeat after every `heartbeatMs` of the stream. */
function withHeartbeats(
  steps: readonly Step[],
  { heartbeatMs, eventGapMs }: Pace,
  heartbeat: () => string,
): Step[] {
  const paced: Step[] = [];
  let open = false;
  let passed = 0;
  for (const step of steps) {
    let left = step.do === 'wait' ? step.ms : 0;
    const mayBeat = open && (step.do === 'wait' || step.do === 'body');
    while (mayBeat && passed + left >= heartbeatMs) {
      const wait = Math.max(0, heartbeatMs - passed);
      if (step.do === 'wait') paced.push({ do: 'wait', ms: wait });
      paced.push({ do: 'body', bytes: Buffer.from(`${heartbeat()}\n\n`) });
      left -= Math.min(left, wait);
      passed = 0;
    }
    if (step.do === 'wait') paced.push({ do: 'wait', ms: left });
    else paced.push(step);
    if (step.do === 'head') open = true;
    passed += step.do === 'body' ? eventGapMs : left;
  }
  return paced;
}

function crlfInside(answer: Answer): Answer {
  if (!('events' in answer.body)) return answer;
  const events = answer.body.events.map((event) => event.replaceAll('\n', '\r\n'));
  return { ...answer, body: { ...answer.body, events } };
}

/** Everything that goes over the wire for an answer. */
export function pacedSteps(answer: Answer, fault: Fault, pace: Pace): Step[] {
  const steps = planSteps(fault.name === 'crlf' ? crlfInside(answer) : answer, fault);
  if (fault.name === 'slow-answer') {
    const at = pace.heartbeat ? 1 : 0;
    steps.splice(at, 0, { do: 'wait', ms: numberOf(fault, 10_000) });
  }
  // Torn events must stay whole where they are torn: only answers in whole events get more of them.
  const torn = ['drip', 'half', 'crlf', 'utf8split'].includes(fault.name);
  return pace.heartbeat && pace.heartbeatMs > 0 && !torn
    ? withHeartbeats(steps, pace, pace.heartbeat)
    : steps;
}
