// The one retry loop: candidate after candidate until one answers, the caller is at fault, or the attempts are used up.
import { GatewayError } from '../base/gatewayError.ts';
import { normalSpending } from '../contract/normalSpending.ts';
import type { Skip, Why } from '../contract/schemas/record.ts';
import { accountScope, type Permit } from '../guards/accountHealth.ts';
import { isReservation, type Reservation } from '../guards/ledger.ts';
import { probing, whyCannotCarry, whyHeld, whyLimited } from '../guards/why.ts';
import { conversationOf } from '../protocol/jsonEnvelope.ts';
import type { CompiledAccount } from '../registry/snapshot.ts';
import { planReadings } from '../routing/planReadings.ts';
import { type Candidate, type Plan, type PlanReadings, planRoute } from '../routing/planRoute.ts';
import type { Route } from '../routing/resolveModel.ts';
import { type Failure, neverArrived } from '../upstream/classifyFailure.ts';
import type { UpstreamDriver } from '../upstream/driver.ts';
import { driverFor, unsupportedBy } from '../upstream/drivers.ts';
import { findQuirks } from '../upstream/findQuirk.ts';
import { mayRepair, quirksInForce } from '../upstream/repair/quirksInForce.ts';
import { attemptsFailedError, type FailedAttempt, noCandidateError, offlineError } from './failTurn.ts';
import type { OpenAttempt } from './journal.ts';
import { type PreparedCall, prepareCall } from './prepareCall.ts';
import type { Presence } from './presence.ts';
import { type AttemptResult, runAttempt, type UpstreamRefusal } from './runAttempt.ts';
import type { RunningTurn } from './runningTurn.ts';

/** The attempt that answered, with all that is still to be given back when the answer is over. */
export interface Winner {
  readonly candidate: Candidate;
  readonly answer: Exclude<AttemptResult, { kind: 'failed' } | { kind: 'gone' }>;
  /** What the client asked for and this upstream was not told. */
  readonly dropped: readonly string[];
  readonly attempt: OpenAttempt;
  readonly permit: Permit;
  readonly reservation: Reservation;
}

export type LoopResult =
  | { readonly kind: 'won'; readonly winner: Winner; readonly conversation: string | null }
  /** The upstream says the request itself is at fault: its words go to the caller. */
  | { readonly kind: 'refused'; readonly refusal: UpstreamRefusal; readonly candidate: Candidate }
  | { readonly kind: 'gone' }
  | { readonly kind: 'none' };

/** How long a request that lost its connection to sleep waits for the network to come back. */
const networkWaitMs = 2_000;
/** A short wait for the first account to come back is better than an error; a longer one is the client's to decide. */
const longestWaitMs = 3_000;

/** The conversation's name where it can matter: more than one account to choose from. */
function conversationFor(turn: RunningTurn, routes: readonly Route[]): string | null {
  const { payload, operation, key, onlyEndpoint } = turn.request;
  if (!turn.snapshot.settings.routing.affinity || operation.answer !== 'chat' || payload.form !== 'json')
    return null;
  // Where it went because it was sent there, it need not go again.
  if (onlyEndpoint !== null) return null;
  const accounts = routes.reduce((sum, route) => sum + route.endpoint.accounts.length, 0);
  return accounts > 1 ? conversationOf(payload.envelope, key.id) : null;
}

async function planWithShortWait(
  turn: RunningTurn,
  routes: readonly Route[],
  conversation: string | null,
  presence: Presence,
): Promise<Plan> {
  const { deps, snapshot, request } = turn;
  const readings = (): PlanReadings => {
    const found = planReadings(deps, turn.estimate, ({ kind }) => unsupportedBy(kind, request.operation));
    // Who names the endpoint has chosen already.
    return request.onlyEndpoint === null ? found : { ...found, spending: normalSpending };
  };
  const plan = (): Plan =>
    planRoute({
      routes,
      strategy: snapshot.settings.routing.strategy,
      preferred: conversation === null ? null : deps.affinity.get(conversation),
      readings: readings(),
      dice: { random: deps.random, turn: () => deps.nextTurn(request.model) },
    });
  const first = plan();
  const waitMs = first.backAt === null ? Number.POSITIVE_INFINITY : first.backAt - deps.clock.now();
  if (first.candidates.length > 0 || waitMs > longestWaitMs) return first;
  // Timers may fire a little early by the wall clock.
  await presence.wait(Math.max(waitMs, 0) + 10);
  return plan();
}

/** Writes down what a failure means for the account. */
function punish(turn: RunningTurn, candidate: Candidate, failure: Failure, permit: Permit): void {
  const { health, clock, redact } = turn.deps;
  const { account, upstreamModel } = candidate;
  if (failure.breaks) permit.failed(redact(failure.reason).slice(0, 200));
  else permit.released();
  const { hold } = failure;
  if (!hold) return;
  health.hold(account.key, hold.scope === 'account' ? null : upstreamModel, {
    state: hold.state,
    until: hold.ms === null ? null : clock.now() + hold.ms,
    reason: redact(failure.reason).slice(0, 300),
  });
}

function skipOf({ endpoint, account }: Candidate, why: Why, until: number | null): Skip {
  return { endpointId: endpoint.id, accountId: account.id, ...why, until };
}

/** The call as this candidate can be asked, or why it can't be asked this. */
function prepareOrSkip(
  { request, deps }: RunningTurn,
  candidate: Candidate,
  driver: UpstreamDriver,
): PreparedCall | GatewayError {
  const { endpoint, upstreamModel } = candidate;
  const quirks = quirksInForce(endpoint, deps.quirks.of(endpoint.id, upstreamModel));
  try {
    return prepareCall(request, candidate, driver, quirks, deps.memories);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}

/** Takes the circuit's permit and a place below the account's limits, or says why not. */
async function enter(
  turn: RunningTurn,
  candidate: Candidate,
): Promise<{ permit: Permit; reservation: Reservation } | Skip> {
  const { ledger, health } = turn.deps;
  const { account, upstreamModel, lastResort } = candidate;
  const skip = (why: Why, until: number | null): Skip => skipOf(candidate, why, until);
  const held = health.unavailable(account.key, upstreamModel);
  if (held && !held.lastResort) return skip(whyHeld(held), held.until);
  const permit = health.enter(account.key, upstreamModel, lastResort || held !== null);
  if (!permit) return skip(probing, null);
  const reservation = await ledger.reserve(accountScope(account.key), account.limits, turn.estimate);
  if (isReservation(reservation)) return { permit, reservation };
  permit.released();
  return skip(whyLimited(reservation), reservation.until);
}

/** A whole endpoint that can't be reached, or lacks the model, is not tried again with its other keys before the others had their turn. */
function moveBehind(queue: Candidate[], account: CompiledAccount, endpointId: string): Candidate[] {
  const others = queue.filter((candidate) => candidate.endpoint.id !== endpointId);
  const siblings = queue.filter(
    (candidate) => candidate.endpoint.id === endpointId && candidate.account !== account,
  );
  return [...others, ...siblings];
}

/** Learns what the upstream does not accept; true where a changed request is worth another go. */
function learnQuirks(
  turn: RunningTurn,
  { endpoint, upstreamModel }: Candidate,
  { dialect }: PreparedCall,
  failure: Failure,
  refusal: UpstreamRefusal | null,
): boolean {
  if (failure.next !== 'return' || !refusal) return false;
  const { quirks } = turn.deps;
  const known = quirks.of(endpoint.id, upstreamModel);
  const found = findQuirks(refusal.body.toString('utf8', 0, 8_192), { dialect, known }).filter((quirk) =>
    mayRepair(endpoint, quirk),
  );
  for (const quirk of found) quirks.learn(endpoint.id, upstreamModel, quirk);
  return found.length > 0;
}

/** Throws GatewayError where nothing could be tried or everything failed. */
export async function attemptLoop(
  turn: RunningTurn,
  routes: readonly Route[],
  presence: Presence,
): Promise<LoopResult> {
  const { deps, entry, request, snapshot } = turn;
  const { maxAttempts, retryDelayMs } = snapshot.settings.routing;
  const conversation = conversationFor(turn, routes);
  const plan = await planWithShortWait(turn, routes, conversation, presence);
  entry.planned(plan);

  let queue = [...plan.candidates];
  let again: Candidate | null = null;
  const failed: FailedAttempt[] = [];
  /** Passed over in planning, or when their turn came: what other gateways use up shows only then. */
  const skipped: Skip[] = [...plan.skipped];
  /** Why the first of those could not be asked that can't hold the request. */
  let cannotHold: GatewayError | null = null;
  let lastRefusal: { refusal: UpstreamRefusal; candidate: Candidate } | null = null;

  while (entry.attempts() < maxAttempts && presence.over() === null) {
    const candidate: Candidate | undefined = again ?? queue.shift();
    if (!candidate) break;
    const driver = driverFor(candidate.endpoint.kind);
    const isRetry: boolean = again !== null;
    again = null;
    if (!driver) continue;
    const prepared = prepareOrSkip(turn, candidate, driver);
    if (prepared instanceof GatewayError) {
      entry.skip([skipOf(candidate, whyCannotCarry(prepared), null)]);
      cannotHold ??= prepared;
      continue;
    }
    const entered = await enter(turn, candidate);
    if ('reason' in entered) {
      entry.skip([entered]);
      skipped.push(entered);
      continue;
    }
    const { permit, reservation } = entered;
    const attempt = entry.begin(candidate);
    const begunAt = deps.uplink.breaks;
    const result = await runAttempt(
      {
        request,
        prepared,
        candidate,
        driver,
        snapshot,
        attempt,
        onExchange: presence.hold,
        onFirstToken: () => deps.traffic.firstToken(entry.markFirstToken()),
      },
      deps,
    ).catch((error: unknown) => {
      // A fault of ours or a body that is no JSON: nobody else is to wait for what was taken for it.
      permit.released();
      reservation.refund();
      throw error;
    });

    if (result.kind === 'gone') {
      attempt.close('cancelled', null);
      permit.released();
      reservation.settle({ tokens: turn.estimate, costUsd: 0 });
      return { kind: 'gone' };
    }
    if (result.kind !== 'failed') {
      return {
        kind: 'won',
        winner: { candidate, answer: result, dropped: prepared.dropped, attempt, permit, reservation },
        conversation,
      };
    }

    const { failure, refusal, error } = result;
    attempt.close(failure.outcome, failure.reason);
    if (error && neverArrived(error)) reservation.refund();
    else reservation.settle({ tokens: 0, costUsd: 0 });
    punish(turn, candidate, failure, permit);
    failed.push({ failure, endpointName: candidate.endpoint.name || candidate.endpoint.id });
    if (refusal) lastRefusal = { refusal, candidate };

    if (learnQuirks(turn, candidate, prepared, failure, refusal)) {
      again = candidate;
    } else if (failure.next === 'return' && refusal) {
      return { kind: 'refused', refusal, candidate };
    } else if (failure.next === 'stop') {
      break;
    } else if (failure.status === null && deps.uplink.breaks !== begunAt) {
      // The connection died with sleep or the former network; nothing has reached the client yet.
      again = candidate;
      if (!deps.uplink.online) await presence.wait(networkWaitMs);
    } else if (failure.next === 'same' && deps.uplink.online && !isRetry && !candidate.lastResort) {
      again = candidate;
      // A socket that was reset may just have been stale: a fresh one is worth an immediate try.
      const stale = failure.outcome === 'unreachable' && error !== null && !neverArrived(error);
      if (!stale) await presence.wait(retryDelayMs * (0.5 + deps.random() * 0.5));
    } else if (failure.outcome === 'unreachable' || failure.outcome === 'model-missing') {
      queue = moveBehind(queue, candidate.account, candidate.endpoint.id);
    }
  }

  if (presence.over() === 'gone') return { kind: 'gone' };
  if (presence.over() === 'stopped') throw new GatewayError('gateway_stopping', 'The gateway is stopping.');
  // Waiting helps where somebody else could have been asked; else the request has to change.
  if (failed.length === 0 && cannotHold && skipped.every(({ until }) => until === null)) throw cannotHold;
  if (failed.length === 0) throw noCandidateError(request.model, skipped, deps.clock.now());
  // Every endpoint that serves the name says it has no such model: the upstream's own words tell the caller most.
  if (lastRefusal && failed.every(({ failure }) => failure.outcome === 'model-missing'))
    return { kind: 'refused', ...lastRefusal };
  if (!deps.uplink.online && failed.every(({ failure }) => failure.outcome === 'unreachable'))
    throw offlineError();
  throw attemptsFailedError(request.model, failed, skipped, deps.clock.now());
}
