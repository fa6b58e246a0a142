import type { EndpointKind } from '../contract/schemas/endpoint.ts';
import type { JsonEnvelope } from '../protocol/jsonEnvelope.ts';
import type { MultipartEnvelope } from '../protocol/multipart.ts';
import type { Operation } from '../protocol/operation.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';

/** The client's request, read once, as every attempt starts from it. */
export type Payload =
  | { readonly form: 'json'; readonly envelope: JsonEnvelope }
  | { readonly form: 'multipart'; readonly envelope: MultipartEnvelope; readonly contentType: string };

export interface UpstreamCall {
  readonly operation: Operation;
  readonly payload: Payload;
  /** Headers of the client that may travel on, lower-case. */
  readonly passHeaders: Readonly<Record<string, string>>;
}

export interface UpstreamTarget {
  readonly endpoint: CompiledEndpoint;
  readonly account: CompiledAccount;
  readonly upstreamModel: string;
}

/** What an upstream was found not to understand. */
export type Quirk = 'no-stream-options';

export interface BuiltRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** What was changed for this upstream's sake, for the record. */
  readonly repairs: readonly string[];
}

/** One kind of upstream: builds requests, knows its quirks. It sends nothing itself. */
export interface UpstreamDriver {
  readonly kind: EndpointKind;
  /** Why this kind can't serve the operation, or null. */
  unsupported(operation: Operation): string | null;
  build(call: UpstreamCall, target: UpstreamTarget, quirks: ReadonlySet<Quirk>): BuiltRequest;
  buildModelList(endpoint: CompiledEndpoint, account: CompiledAccount): BuiltRequest;
  /** Model names out of the answer to that; throws Error with what is wrong with it. */
  readModelList(body: Buffer): string[];
  /** The quirk that an error message of status 4xx gives away, or null. */
  quirkIn(message: string): Quirk | null;
}
