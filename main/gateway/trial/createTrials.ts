// Runs a request of the window through the data plane, as if a client had sent it: planned, limited, counted and recorded like any other.
import { GatewayError } from '../../base/gatewayError.ts';
import { createPushStream } from '../../base/pushStream.ts';
import type { RequestRecord } from '../../contract/schemas/record.ts';
import type { TrialEvent, TrialInput } from '../../contract/schemas/trial.ts';
import { dialects } from '../../protocol/dialects.ts';
import type { GatewayDeps } from '../deps.ts';
import { serveTurn } from '../serveTurn.ts';
import { readTrialRequest } from './readTrialRequest.ts';
import { createTrialAnswer } from './trialAnswer.ts';
import { createTrialReply } from './trialReply.ts';

/** Text that nobody has read yet is read as one piece. */
function gather(waiting: TrialEvent[], event: TrialEvent): void {
  const last = waiting.at(-1);
  if (last && 'text' in last && 'text' in event && last.type === event.type)
    waiting[waiting.length - 1] = { ...last, text: last.text + event.text };
  else waiting.push(event);
}

function lastEvent(record: RequestRecord, body: string): TrialEvent {
  if (record.status === 'ok') return { type: 'done', record, body };
  const message = record.errorMessage ?? 'The request was cancelled.';
  return { type: 'failed', status: record.httpStatus, message, record };
}

/** Works whether or not the gateway listens. Leaving the stream, or the signal, cancels the request as a client's leaving would. */
export function createTrials(
  gateway: GatewayDeps,
  requestId: () => string,
): (input: TrialInput, signal?: AbortSignal) => AsyncGenerator<TrialEvent, void, void> {
  return (input, signal) =>
    createPushStream<TrialEvent>(
      ({ push, finish }) => {
        const id = requestId();
        const answer = createTrialAnswer(dialects[input.operation], id, (said) =>
          push('text' in said ? { ...said, text: gateway.redact(said.text) } : said),
        );
        const reply = createTrialReply(answer);

        async function run(): Promise<TrialEvent> {
          const request = readTrialRequest(input, id, gateway);
          push({ type: 'started', recordId: id });
          const recorded = new Promise<RequestRecord>((resolve) => {
            const record = (made: RequestRecord): void => {
              gateway.record(made);
              resolve(made);
            };
            // What it throws stands in the record too.
            serveTurn(request, reply, { ...gateway, record }).catch(() => {});
          });
          return lastEvent(await recorded, gateway.redact(reply.body()));
        }

        run()
          .catch((error: unknown): TrialEvent => {
            const known = error instanceof GatewayError;
            if (!known) gateway.log.error('a trial failed', { id, error: String(error) });
            const message = known
              ? error.message
              : 'Something went wrong inside the gateway; its log says more.';
            return { type: 'failed', status: known ? error.status : 500, message, record: null };
          })
          .then((event) => {
            push(event);
            finish();
          });
        return reply.leave;
      },
      { signal, add: gather },
    );
}
