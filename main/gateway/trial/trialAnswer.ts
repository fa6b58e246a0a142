// Reads an answer on its way to the window, in the dialect it was asked for in, and tells what it says. What it can't read it passes over.
import { createSseFramer, splitEvents } from '../../base/sseFramer.ts';
import type { TrialEvent } from '../../contract/schemas/trial.ts';
import type { Dialect } from '../../protocol/dialect.ts';
import { replayTurn } from '../../protocol/hub/replayTurn.ts';
import type { JsonObject } from '../../protocol/hub/turn.ts';
import type { TurnEvent } from '../../protocol/hub/turnEvent.ts';

type Said = Extract<TrialEvent, { type: 'text' | 'reasoning' | 'toolCall' }>;

export interface TrialAnswer {
  /** The answer begins; `contentType` says whether it streams. */
  begin(contentType: string): void;
  push(chunk: Buffer): void;
  end(): void;
}

/** Tool calls are told whole, when all is said: their arguments may come in turns. */
function createTeller(tell: (said: Said) => void): { event(event: TurnEvent): void; end(): void } {
  const calls = new Map<number, { name: string; arguments: string }>();
  return {
    event(event) {
      if (event.type === 'text' || event.type === 'reasoning') tell(event);
      else if (event.type === 'refusal') tell({ type: 'text', text: event.text });
      else if (event.type === 'toolCall') calls.set(event.index, { name: event.name, arguments: '' });
      else if (event.type === 'toolArguments') {
        const call = calls.get(event.index);
        if (call) call.arguments += event.text;
      }
    },
    end() {
      for (const call of calls.values()) tell({ type: 'toolCall', ...call });
    },
  };
}

export function createTrialAnswer(
  dialect: Dialect,
  requestId: string,
  tell: (said: Said) => void,
): TrialAnswer {
  const teller = createTeller(tell);
  const decoder = dialect.createStreamDecoder(requestId);
  const framer = createSseFramer();
  const chunks: Buffer[] = [];
  let streams = false;
  let readable = true;

  /** A stream that passed through may hold what the decoder does not know: its bytes are kept all the same. */
  function attempt(read: () => void): void {
    if (!readable) return;
    try {
      read();
    } catch {
      readable = false;
    }
  }

  function readEvents(bytes: Buffer | null): void {
    for (const { data } of bytes ? splitEvents(bytes) : [])
      if (data !== null) decoder.push(data).forEach(teller.event);
  }

  return {
    begin(contentType) {
      streams = contentType.includes('event-stream');
    },
    push(chunk) {
      if (streams) attempt(() => readEvents(framer.push(chunk)));
      else chunks.push(chunk);
    },
    end() {
      attempt(() => {
        if (streams) {
          readEvents(framer.rest());
          decoder.end().forEach(teller.event);
        } else {
          const document = JSON.parse(Buffer.concat(chunks).toString('utf8')) as JsonObject;
          replayTurn(dialect.decodeResult(document, requestId)).forEach(teller.event);
        }
      });
      teller.end();
    },
  };
}
