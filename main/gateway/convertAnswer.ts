// Turns an upstream's answer into what the client reads, where the dialects differ, or one streams and the other does not.
import { GatewayError } from '../base/gatewayError.ts';
import type { AnswerContext, StreamDecoder, WireName } from '../protocol/dialect.ts';
import { dialects, upstreamDialects } from '../protocol/dialects.ts';
import { createToolRestorer } from '../protocol/heldTurn.ts';
import { createTurnCollector } from '../protocol/hub/collectTurn.ts';

import { replayTurn } from '../protocol/hub/replayTurn.ts';
import type { JsonObject, Turn } from '../protocol/hub/turn.ts';
import type { TurnEvent } from '../protocol/hub/turnEvent.ts';
import type { TurnResult } from '../protocol/hub/turnResult.ts';
import type { StreamTap } from '../protocol/streamTap.ts';
import { createTranslatingTap } from '../protocol/translateStream.ts';
import type { ClientRequest } from './clientRequest.ts';
import { estimatePrompt } from './estimatePrompt.ts';
import type { Memories } from './memories.ts';
import { decodeTurn, resolvedBody } from './prepareCall.ts';

export interface ConversionInput {
  readonly request: ClientRequest;
  /** The dialect the upstream answers in. */
  readonly dialect: WireName;
  readonly memories: Memories;
  /** The request in the hub, where it was read already. */
  readonly turn: Turn | null;
  /** Told the answer when it has ended well. */
  readonly answered: (result: TurnResult) => void;
}

/** Throws GatewayError where the request can't be read, which is no fault in a request that just passes through. */
const turnOf = ({ turn, request, memories }: ConversionInput): Turn => turn ?? decodeTurn(request, memories);

function contextOf({ request, memories }: ConversionInput, turn: Turn): AnswerContext {
  return {
    requestId: request.id,
    model: request.model,
    created: Math.floor(request.time / 1_000),
    wantsUsage: request.wantsUsage,
    turn,
    body: resolvedBody(request, memories),
    inputTokens: estimatePrompt(request),
  };
}

/**
 * An upstream's whole answer -> what the client asked for: one document or a stream; null where the request can't be read,
 * and the answer goes out as it came. Throws ForeignEventError.
 */
export function convertWhole(input: ConversionInput, body: Buffer): Buffer | null {
  const parsed = JSON.parse(body.toString('utf8')) as JsonObject;
  return convertEvents(
    input,
    replayTurn(upstreamDialects[input.dialect].decodeResult(parsed, input.request.id, input.turn)),
  );
}

/** Reads the stream an upstream answers with. */
export function decoderFor({ dialect, request, turn }: ConversionInput): StreamDecoder {
  return upstreamDialects[dialect].createStreamDecoder(request.id, turn);
}

/** Keeps what later turns of the conversation may need of this answer. */
function remember(
  { request, memories, answered }: ConversionInput,
  result: TurnResult,
  context: AnswerContext,
): void {
  answered(result);
  memories.reasoning.remember(request.key.id, result);
  if (request.operation.dialect !== 'responses') return;
  memories.responses.remember(request.key.id, context.body, dialects.responses.encodeResult(result, context));
}

function readableTurn(input: ConversionInput): Turn | null {
  try {
    return turnOf(input);
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
}

/** The events of a whole answer -> what the client asked for, or null likewise. */
export function convertEvents(input: ConversionInput, events: readonly TurnEvent[]): Buffer | null {
  const { request } = input;
  const turn = readableTurn(input);
  if (!turn) return null;
  const restore = createToolRestorer(turn, upstreamDialects[input.dialect]);
  const restored = events.flatMap(restore);
  const collector = createTurnCollector();
  for (const event of restored) collector.push(event);
  const result: TurnResult = collector.result();
  const client = dialects[request.operation.dialect];
  const context = contextOf(input, turn);
  remember(input, result, context);
  if (!request.stream || request.framing === 'array') {
    const document = client.encodeResult(result, context);
    return Buffer.from(JSON.stringify(request.stream ? [document] : document));
  }
  const encoder = client.createStreamEncoder(context);
  return Buffer.from(restored.map((event) => encoder.push(event)).join(''));
}

/** Rewrites a stream on its way, event by event. */
export function createConvertingTap(input: ConversionInput): StreamTap {
  const { request } = input;
  const turn = turnOf(input);
  const context = contextOf(input, turn);
  return createTranslatingTap({
    decoder: decoderFor({ ...input, turn }),
    encoder: dialects[request.operation.dialect].createStreamEncoder(context),
    transform: createToolRestorer(turn, upstreamDialects[input.dialect]),
    onResult: (result) => remember(input, result, context),
  });
}
