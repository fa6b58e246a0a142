// Brings what the loop won to the client: whole, as a stream of events, or as bytes. From here on the attempt is final.
import { GatewayError } from '../base/gatewayError.ts';
import { dialects } from '../protocol/dialects.ts';
import { readFault } from '../protocol/readFault.ts';
import type { Candidate } from '../routing/planRoute.ts';
import type { UpstreamResponse } from '../upstream/transport.ts';
import { answerHeaders, headerSafe } from './answerHeaders.ts';
import type { LoopResult, Winner } from './attemptLoop.ts';
import type { ClientRequest } from './clientRequest.ts';
import { startDeadline } from './deadline.ts';
import { headersToClient } from './passHeaders.ts';
import type { Reply } from './reply.ts';
import type { UpstreamRefusal } from './runAttempt.ts';
import type { RunningTurn } from './runningTurn.ts';
import { ClientGoneError, type Ending } from './streamPump.ts';

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
} as const;

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' } as const;

/** Those of every answer, and the request's id as Anthropic's SDK looks for it. */
function sluiceHeaders(
  { id, operation }: ClientRequest,
  { endpoint, account, upstreamModel }: Candidate,
  attempts: number,
): Record<string, string> {
  const origin = { endpointId: endpoint.id, accountId: account.id, upstreamModel, attempts };
  const headers = answerHeaders(id, origin);
  if (operation.dialect === 'messages') headers['request-id'] = id;
  return headers;
}

/** What the client asked for and the upstream's dialect has no place for. */
function droppedHeader(dropped: readonly string[]): Record<string, string> {
  return dropped.length > 0 ? { 'x-sluice-dropped': headerSafe(dropped.join(', ')) } : {};
}

function relayBytes(
  reply: Reply,
  response: UpstreamResponse,
  headers: Record<string, string>,
  idleMs: number,
): Promise<Ending> {
  const length = response.headers['content-length'];
  reply.start(
    response.status,
    typeof length === 'string' ? { ...headers, 'content-length': length } : headers,
  );
  return new Promise((resolve) => {
    const idle = startDeadline(idleMs, () =>
      response.abort(new Error(`no data for ${Math.round(idleMs / 1_000)} s`)),
    );
    response.read({
      data(chunk) {
        idle.restart();
        if (reply.write(chunk)) return;
        response.pause();
        reply.onDrain(() => response.resume());
      },
      end() {
        idle.clear();
        reply.end();
        resolve({ how: 'whole' });
      },
      fail(error) {
        idle.clear();
        const gone = error instanceof ClientGoneError;
        // A body that breaks off breaks the client's connection too: nothing else could tell it.
        if (!gone) reply.destroy();
        resolve(gone ? { how: 'gone' } : { how: 'cut', reason: error.message });
      },
    });
  });
}

function relayWinner(turn: RunningTurn, winner: Winner): Promise<Ending> | Ending {
  const { request, reply, entry, snapshot, deps } = turn;
  const { answer, candidate } = winner;
  const headers = {
    ...headersToClient(answer.response.headers),
    ...sluiceHeaders(request, candidate, entry.attempts()),
    ...droppedHeader(winner.dropped),
  };
  const forStream = request.framing === 'array' ? jsonHeaders : streamHeaders;
  switch (answer.kind) {
    case 'answer':
      if (reply.isClosed()) return { how: 'gone' };
      entry.markFirstToken();
      reply.start(answer.response.status, {
        ...headers,
        ...(answer.events ? forStream : jsonHeaders),
        'content-length': String(answer.body.length),
      });
      reply.end(answer.body);
      return { how: 'whole' };
    case 'stream':
      reply.start(200, { ...headers, ...forStream });
      return answer.pump.relay(
        reply,
        (reason) => new GatewayError('upstream_error', deps.redact(`The upstream broke off: ${reason}`)),
      );
    case 'raw':
      return relayBytes(reply, answer.response, headers, snapshot.settings.timeouts.idleMs);
  }
}

/** The same; where a fault of ours keeps the answer from its client, nothing of it stays open. */
async function relayOrRelease(turn: RunningTurn, winner: Winner): Promise<Ending> {
  try {
    return await relayWinner(turn, winner);
  } catch (error) {
    winner.permit.released();
    winner.answer.response.abort(error as Error);
    throw error;
  }
}

/** The upstream's own status and words. Those of another dialect, and web pages, are put into the caller's; a credential in the text is masked. */
function relayRefusal(turn: RunningTurn, refusal: UpstreamRefusal, candidate: Candidate): void {
  const { reply, request, entry, deps } = turn;
  const { dialect } = request.operation;
  const text = refusal.body.toString('utf8');
  const isErrorBody = /json/i.test(refusal.contentType) && text.trimStart().startsWith('{');
  const shaped =
    isErrorBody && refusal.dialect === dialect
      ? text
      : dialects[dialect].errorBody(readFault(refusal.body, refusal.status), request.id);
  const body = Buffer.from(deps.redact(shaped));
  const headers = sluiceHeaders(request, candidate, entry.attempts());
  reply.start(refusal.status, { ...headers, ...jsonHeaders, 'content-length': String(body.length) });
  reply.end(body);
}

/** Sends the result and closes the record with how it went. */
export async function relay(turn: RunningTurn, result: LoopResult): Promise<void> {
  const { entry } = turn;
  switch (result.kind) {
    case 'gone':
      entry.finish({ status: 'cancelled', httpStatus: 499, error: null });
      return;
    case 'refused': {
      const { refusal, candidate } = result;
      entry.answeredBy(candidate);
      relayRefusal(turn, refusal, candidate);
      entry.finish({
        status: 'failed',
        httpStatus: refusal.status,
        error: { code: null, message: refusal.message },
      });
      return;
    }
    case 'won': {
      const { winner, conversation } = result;
      const { attempt, permit, candidate, answer } = winner;
      entry.answeredBy(candidate);
      const ending = await relayOrRelease(turn, winner);
      const httpStatus = answer.response.status;
      if (ending.how === 'whole') {
        attempt.close('ok', null);
        permit.succeeded();
        if (conversation !== null) turn.deps.affinity.set(conversation, candidate.account.key);
        entry.finish({ status: 'ok', httpStatus, error: null });
      } else if (ending.how === 'gone') {
        attempt.close('cancelled', null);
        permit.released();
        entry.finish({ status: 'cancelled', httpStatus: 499, error: null });
      } else {
        attempt.close('cut', ending.reason);
        permit.failed(ending.reason);
        entry.finish({
          status: 'cut',
          httpStatus,
          error: { code: 'upstream_error', message: ending.reason },
        });
      }
      return;
    }
    case 'none':
      return;
  }
}
