// Everything the service can do wrong, by name, and which requests each fault is for.
import type { Answer } from '../upstream/answer.ts';
import { type Fault, faultOfModel, needFault } from '../upstream/fault.ts';
import { createFaultPlanOf, type FaultPlan } from '../upstream/faultPlan.ts';
import { edgePage, noRoute, refusal, statusRefusal, unauthenticated } from './refusal.ts';
import type { RouteName } from './routes.ts';
import type { StreamStyle } from './streamStyle.ts';

/** What a fault is set for: of an account (`key-1`, `ada@example.com`), on a route, for an endpoint id. */
export interface OndemandFilter {
  account?: string;
  route?: RouteName;
  model?: string;
}

/** A request as faults see it. */
export interface FaultTarget {
  readonly account: string | null;
  readonly route: RouteName | null;
  /** Endpoint id as it was sent, with the fault it may carry. */
  readonly model: string | null;
  /** Sent with a login's token, not with an API key. */
  readonly byToken: boolean;
}

/** Faults of a query's answer that are written in its events. */
const variants: Readonly<Record<string, Partial<StreamStyle>>> = {
  'no-status': { statusLog: false },
  'no-repeat': { repeatAnswer: false },
  'no-metrics': { metricsLog: false },
  'no-thinking': { thinking: 'none' },
  'null-answers': { nullAnswers: true },
  /** Thoughts before the answer, in the middle of it, and after its last word. */
  'thinking-around': { thinking: 'around' },
  planning: { planning: true },
};

const ofQueries = [
  ...Object.keys(variants),
  /** In good order to the end, but without an answer. */
  'done-empty',
  /** The body ends in good order after everything but [DONE]. */
  'no-done',
  /** `[ERROR]:` after N pieces of the answer (0). */
  'error',
  /** `[ERROR]:` that the context is too long, before anything else. */
  'error-context',
  /** `[ERROR]:` that the prompt is refused, before anything else. */
  'error-policy',
  /** 400, before any stream. */
  '400-context',
  '403-policy',
  /** The stream calls itself JSON. */
  'mistyped',
  /** One piece of the answer is broken JSON. */
  'bad-json',
  /** The endpointId is not active, whatever it is. */
  'inactive',
  /** The session is forgotten: 404, now and later; in the other wording 400. */
  'unknown-session',
  'unknown-session-400',
  /** The stream opens at once, the first word comes after `:ms` (10 000); heartbeats meanwhile. */
  'slow-answer',
  // As the other fakes do them: `@N` counts events of a stream (those of the status log too), bytes of any other body.
  'slow-first-byte',
  'stall',
  'cut',
  'rst',
  'fin',
  'hold',
  'blackhole',
  'drip',
  'half',
  'crlf',
  'utf8split',
  'html200',
];

/** Null: any route with an account. */
const routesOf: Readonly<Record<string, readonly RouteName[]>> = {
  ...Object.fromEntries(ofQueries.map((name) => [name, ['query']])),
  'refresh-refused': ['refresh'],
  'no-refresh-token': ['refresh'],
  'signin-refused': ['signin'],
  'signin-incomplete': ['signin'],
};
const ofCalls: readonly RouteName[] = ['create', 'query'];

/** Besides these, any status from 400 on; `429:7` says to come back in seven seconds. */
export const faultNames: readonly string[] = [
  'ok',
  ...Object.keys(routesOf),
  'expired',
  'invalid-key',
  '404-route',
  '500-empty',
];

const needOndemandFault = (text: string): Fault => needFault(text, faultNames);

export function variantOf(fault: Fault): Partial<StreamStyle> {
  return variants[fault.name] ?? {};
}

/** A fault waits for a request it is for: `cut` for a query, `refresh-refused` for a refresh. A named route is always right. */
function meets(target: FaultTarget, filter: OndemandFilter, fault: Fault): boolean {
  if (filter.account !== undefined && filter.account !== target.account) return false;
  if (filter.model !== undefined && filter.model !== target.model?.split('!')[0]) return false;
  if (fault.name === 'expired' && !target.byToken) return false;
  if (fault.name === 'invalid-key' && target.byToken) return false;
  if (filter.route !== undefined) return filter.route === target.route;
  return target.route !== null && (routesOf[fault.name] ?? ofCalls).includes(target.route);
}

export type OndemandFaultPlan = FaultPlan<FaultTarget, OndemandFilter>;

export function createOndemandFaultPlan(): OndemandFaultPlan {
  return createFaultPlanOf<FaultTarget, OndemandFilter>(
    {
      need: needOndemandFault,
      // `predefined-kimi-k3!cut@3`
      ofRequest: ({ model }) => (model?.includes('!') ? faultOfModel(model, faultNames) : null),
      meets,
      usesUp: () => true,
    },
    {},
  );
}

/** The answer that the fault puts in place of the right one, or null where it leaves that alone. */
export function replacement(fault: Fault): Answer | null {
  if (/^[45]\d\d$/.test(fault.name)) return statusRefusal(Number(fault.name), fault.arg);
  switch (fault.name) {
    case 'invalid-key':
      return unauthenticated('Invalid API Key');
    case '400-context':
      return refusal(400, 'context_length_exceeded', 'Model context length exceeded');
    case '403-policy':
      return refusal(403, 'content_policy_violation', 'The request violates the content policy');
    case '404-route':
      return noRoute();
    case '500-empty':
      return { status: 500, headers: {}, body: { bytes: Buffer.alloc(0) } };
    case 'html200':
      return { ...edgePage(520), status: 200 };
    case 'refresh-refused':
    case 'signin-refused':
      return unauthenticated('Unauthorized');
    default:
      return null;
  }
}
