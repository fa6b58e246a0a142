// Which fault a request meets: first what is queued for it, then what is set, then what the request itself names.
import { type Fault, faultOfModel, needFault } from './fault.ts';
import { type Filter, matches } from './journal.ts';
import type { UpstreamRequest } from './upstreamRequest.ts';

export interface FaultPlan<R = UpstreamRequest, F = Filter> {
  /** The next POST requests meet these, one each. */
  script(...faults: string[]): void;
  /** The same for requests that match. */
  scriptFor(filter: F, ...faults: string[]): void;
  /** Every matching request meets it until `null` is set; `{}` matches all. */
  set(filter: F, fault: string | null): void;
  /** What the request would meet, without using it up. */
  peek(request: R): Fault;
  take(request: R): Fault;
  clear(): void;
}

/** What an upstream's requests and faults are like. */
export interface FaultRules<R, F> {
  /** The fault of that name; throws where there is none. */
  need(text: string): Fault;
  /** What the request itself asks for, null for nothing. */
  ofRequest(request: R): Fault | null;
  /** Whether a fault that stands for the filter is met by the request. */
  meets(request: R, filter: F, fault: Fault): boolean;
  /** Whether a request that meets a queued fault uses it up. */
  usesUp(request: R, filter: F): boolean;
}

export function createFaultPlanOf<R, F extends object>(
  rules: FaultRules<R, F>,
  everything: F,
): FaultPlan<R, F> {
  const { need } = rules;
  const queues: { filter: F; faults: Fault[] }[] = [];
  const standing = new Map<string, { filter: F; fault: Fault }>();
  const queueFor = (request: R) =>
    queues.find(
      ({ filter, faults: [next] }) =>
        next && rules.meets(request, filter, next) && rules.usesUp(request, filter),
    );
  const standingFor = (request: R) =>
    [...standing.values()].findLast(({ filter, fault }) => rules.meets(request, filter, fault))?.fault ??
    rules.ofRequest(request) ??
    need('ok');
  const queue = (filter: F, faults: string[]) => {
    queues.push({ filter, faults: faults.map((text) => need(text)) });
  };
  return {
    script: (...faults) => queue(everything, faults),
    scriptFor: (filter, ...faults) => queue(filter, faults),
    set(filter, fault) {
      const id = JSON.stringify(filter, Object.keys(filter).toSorted());
      if (fault === null) standing.delete(id);
      else standing.set(id, { filter, fault: need(fault) });
    },
    peek: (request) => queueFor(request)?.faults[0] ?? standingFor(request),
    take: (request) => queueFor(request)?.faults.shift() ?? standingFor(request),
    clear() {
      queues.length = 0;
      standing.clear();
    },
  };
}

export function createFaultPlan(): FaultPlan {
  return createFaultPlanOf<UpstreamRequest, Filter>(
    {
      need: (text) => needFault(text),
      ofRequest: ({ model }) => faultOfModel(model),
      meets: matches,
      // Looking at the model list uses nothing up: tests script the calls that count.
      usesUp: (request, filter) => request.method === 'POST' || filter.path === request.path,
    },
    {},
  );
}
