// A request from top to bottom: admit, plan, attempt…, relay, settle, record.
import { GatewayError } from '../base/gatewayError.ts';
import type { Reservation } from '../guards/ledger.ts';
import { admit } from './admit.ts';
import { attemptLoop, type LoopResult } from './attemptLoop.ts';
import { keepBodies } from './bodies/keepBodies.ts';
import { watchAnswer } from './bodies/watchAnswer.ts';
import type { ClientRequest } from './clientRequest.ts';
import type { GatewayDeps } from './deps.ts';
import { estimatePrompt } from './estimatePrompt.ts';
import { openJournalEntry } from './journal.ts';
import { watchClient } from './presence.ts';
import { refusePaused } from './refusePaused.ts';
import { relay } from './relay.ts';
import type { Reply } from './reply.ts';
import { routesOf } from './routesOf.ts';
import type { RunningTurn } from './runningTurn.ts';
import { settleTurn } from './settleTurn.ts';

/** An answer of unknown length is reserved as this many tokens. */
const expectedAnswer = 500;

/**
 * Serves one request. Throws GatewayError while nothing has been sent, for the caller to put into its dialect's shape;
 * afterwards errors go in-band. Either way the request is recorded exactly once.
 */
export async function serveTurn(request: ClientRequest, reply: Reply, deps: GatewayDeps): Promise<void> {
  const snapshot = deps.snapshots.current;
  const watch = snapshot.settings.usage.recordBodies ? watchAnswer(reply) : null;
  const turn: RunningTurn = {
    request,
    reply: watch?.reply ?? reply,
    deps,
    snapshot,
    entry: openJournalEntry(request, { monotonic: deps.clock.monotonic, redact: deps.redact }),
    estimate: estimatePrompt(request) + expectedAnswer,
  };
  let admission: Reservation | null = null;
  let result: LoopResult = { kind: 'none' };
  let failure: GatewayError | null = null;
  const presence = watchClient(reply);
  deps.inFlight.enter(presence);
  deps.traffic.opened();
  try {
    refusePaused(deps);
    admission = await admit(request.key, request.model, turn.estimate, deps.ledger, deps.clock.now());
    result = await attemptLoop(turn, routesOf(turn), presence);
    await relay(turn, result);
  } catch (error) {
    const known =
      error instanceof GatewayError
        ? error
        : new GatewayError('internal_error', 'Something went wrong inside the gateway; its log says more.');
    failure = known;
    known.origin = turn.entry.origin();
    turn.entry.finish({ status: 'failed', httpStatus: known.status, error: known });
    if (known !== error)
      deps.log.error('a request failed inside the gateway', { id: request.id, error: String(error) });
    throw known;
  } finally {
    deps.inFlight.leave(presence);
    const settled = settleTurn(turn, result, admission);
    deps.inFlight.counting(watch ? settled.then(() => keepBodies(request, watch, failure, deps)) : settled);
  }
}
