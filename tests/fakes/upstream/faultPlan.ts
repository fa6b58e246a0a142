// Which fault a request meets: first what is queued for it, then what is set, then what its model's name says.
import { type Fault, faultOfModel, needFault } from './fault.ts';
import { type Filter, matches } from './journal.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';

export interface FaultPlan {
  /** The next POST requests meet these, one each. */
  script(...faults: string[]): void;
  /** The same for requests that match. */
  scriptFor(filter: Filter, ...faults: string[]): void;
  /** Every matching request meets it until `null` is set; `{}` matches all. */
  set(filter: Filter, fault: string | null): void;
  /** What the request would meet, without using it up. */
  peek(request: UpstreamRequest): Fault;
  take(request: UpstreamRequest): Fault;
  clear(): void;
}

export function createFaultPlan(): FaultPlan {
  const queues: { filter: Filter; faults: Fault[] }[] = [];
  const standing = new Map<string, { filter: Filter; fault: Fault }>();
  // Looking at the model list uses nothing up: tests script the calls that count.
  const queueFor = (request: UpstreamRequest) =>
    queues.find(
      ({ filter, faults }) =>
        faults.length > 0 &&
        matches(request, filter) &&
        (request.method === 'POST' || filter.path === request.path),
    );
  const standingFor = (request: UpstreamRequest) =>
    [...standing.values()].findLast(({ filter }) => matches(request, filter))?.fault ??
    faultOfModel(request.model) ??
    needFault('ok');
  return {
    script: (...faults) => void queues.push({ filter: {}, faults: faults.map(needFault) }),
    scriptFor: (filter, ...faults) => void queues.push({ filter, faults: faults.map(needFault) }),
    set(filter, fault) {
      const id = JSON.stringify([filter.key, filter.model, filter.path]);
      if (fault === null) standing.delete(id);
      else standing.set(id, { filter, fault: needFault(fault) });
    },
    peek: (request) => queueFor(request)?.faults[0] ?? standingFor(request),
    take: (request) => queueFor(request)?.faults.shift() ?? standingFor(request),
    clear() {
      queues.length = 0;
      standing.clear();
    },
  };
}
