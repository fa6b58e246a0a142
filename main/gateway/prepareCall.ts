// Decides how a client's request is put to one candidate: as it is, where both speak the same dialect, or through the hub.
import { readJson } from '../base/jsonMembers.ts';
import type { EncodedRequest, WireName } from '../protocol/dialect.ts';
import { dialects, upstreamDialects } from '../protocol/dialects.ts';
import { embeddingCodecs } from '../protocol/embeddings/embeddingCodecs.ts';
import { heldTurn } from '../protocol/heldTurn.ts';
import type { JsonObject, Turn } from '../protocol/hub/turn.ts';
import { orInvalidJson, readEnvelope } from '../protocol/jsonEnvelope.ts';
import { isConversation, upstreamConversations } from '../protocol/operation.ts';
import type { Candidate } from '../routing/planRoute.ts';
import type { ClientPayload, UpstreamCall, UpstreamDriver } from '../upstream/driver.ts';
import type { Quirk } from '../upstream/quirk.ts';
import type { ClientRequest } from './clientRequest.ts';
import type { Memories } from './memories.ts';

export interface PreparedCall {
  /** What the driver is to build. */
  readonly call: UpstreamCall;
  /** The dialect the upstream will answer in. */
  readonly dialect: WireName;
  /** Left out because that dialect has no place for it. */
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
  /** What the upstream is known not to accept, and may be repaired. */
  readonly quirks: ReadonlySet<Quirk>;
  /** The client's request in the hub, where it had to be read. */
  readonly turn: Turn | null;
}

/** A JSON body as its object. Throws GatewayError `invalid_json`: walking it did not look into its strings. */
export function bodyObject(payload: ClientPayload): JsonObject {
  return payload.form === 'json' ? orInvalidJson(() => readJson(payload.envelope.body) as JsonObject) : {};
}

/** The body with the earlier answers it refers to in their place. */
export function resolvedBody(
  { payload, operation, key }: ClientRequest,
  { responses }: Memories,
): JsonObject {
  const body = bodyObject(payload);
  return operation.dialect === 'responses' ? responses.resolve(key.id, body) : body;
}

/** Throws GatewayError `invalid_request` where the request is not what its dialect wants, or needs what only its own dialect has. */
export function decodeTurn(request: ClientRequest, memories: Memories): Turn {
  const { model, stream, operation, key } = request;
  const body = resolvedBody(request, memories);
  const turn = dialects[operation.dialect].decodeRequest(body, { model, stream });
  return memories.reasoning.recall(key.id, turn);
}

function encodeTurn(turn: Turn, dialect: WireName, { endpoint, upstreamModel }: Candidate): EncodedRequest {
  const to = upstreamDialects[dialect];
  const held = heldTurn(turn, to);
  const encoded = to.encodeRequest(held.turn, { model: upstreamModel, options: endpoint.options });
  return { ...encoded, repairs: [...held.repairs, ...encoded.repairs] };
}

/** The client's own bytes, without what another maker's model signed earlier in the conversation. */
function ownCall(request: ClientRequest): UpstreamCall {
  const { operation, payload } = request;
  if (!isConversation(operation) || payload.form !== 'json') return request;
  const { envelope } = payload;
  const body = dialects[operation.dialect].ownOnly(envelope.body);
  if (body === envelope.body) return request;
  const { passHeaders, stream } = request;
  // Where the body names no model, the path did.
  const from = envelope.members.has('model') ? undefined : { model: envelope.model, stream };
  return { operation, stream, passHeaders, payload: { form: 'json', envelope: readEnvelope(body, from) } };
}

/**
 * `dropped` names what is lost on the way. Throws GatewayError `invalid_request` where this candidate can't be asked:
 * another one may.
 */
export function prepareCall(
  request: ClientRequest,
  candidate: Candidate,
  driver: UpstreamDriver,
  quirks: ReadonlySet<Quirk>,
  memories: Memories,
): PreparedCall {
  const { operation, stream, passHeaders } = request;
  const { endpoint, upstreamModel } = candidate;
  const translatable = isConversation(operation) || operation.answer === 'embeddings';
  const dialect = translatable
    ? driver.dialectFor(operation.dialect, endpoint, upstreamModel, operation.answer)
    : operation.dialect;
  if (dialect === operation.dialect)
    return { call: ownCall(request), dialect, dropped: [], repairs: [], turn: null, quirks };
  if (operation.answer === 'embeddings') {
    const from = embeddingCodecs[operation.dialect];
    const to = embeddingCodecs[dialect];
    const turn = from.decodeRequest(bodyObject(request.payload), request.model, operation.name);
    const encoded = to.encodeRequest(turn, upstreamModel);
    const call: UpstreamCall = {
      operation: to.operation,
      payload: { form: 'encoded', body: encoded.body },
      stream: false,
      passHeaders,
    };
    return { call, dialect, dropped: encoded.dropped, repairs: [], turn: null, quirks };
  }
  const turn = decodeTurn(request, memories);
  const encoded = encodeTurn(turn, dialect, candidate);
  const call: UpstreamCall = {
    operation: upstreamConversations[dialect],
    payload: { form: 'encoded', body: encoded.body },
    stream,
    passHeaders,
  };
  return {
    call,
    dialect,
    dropped: [...new Set([...turn.dropped, ...encoded.dropped])],
    repairs: encoded.repairs,
    turn,
    quirks,
  };
}
