import type { Bytes } from '../base/chunkedBytes.ts';
import type { ModelListing } from '../contract/modelListing.ts';
import type { EndpointKind } from '../contract/schemas/endpoint.ts';
import type { DialectName, WireName } from '../protocol/dialect.ts';
import type { JsonEnvelope } from '../protocol/jsonEnvelope.ts';
import type { MultipartEnvelope } from '../protocol/multipart.ts';
import type { Operation } from '../protocol/operation.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import type { Quirk } from './quirk.ts';

/** A client's body, read once, as every attempt starts from it. */
export type ClientPayload =
  | { readonly form: 'json'; readonly envelope: JsonEnvelope }
  | { readonly form: 'multipart'; readonly envelope: MultipartEnvelope; readonly contentType: string };

/** What goes upstream: the client's own body, or one written for this upstream, in its dialect and with its name for the model. */
export type Payload =
  | ClientPayload
  | { readonly form: 'encoded'; readonly body: Readonly<Record<string, unknown>> };

export interface UpstreamCall {
  /** Already of the dialect the upstream is spoken to in: a translated conversation is one of `upstreamConversations`. */
  readonly operation: Operation<WireName>;
  readonly payload: Payload;
  readonly stream: boolean;
  /** Headers of the client that may travel on, lower-case; a driver takes those that mean something to its kind. */
  readonly passHeaders: Readonly<Record<string, string>>;
}

export interface UpstreamTarget {
  readonly endpoint: CompiledEndpoint;
  readonly account: CompiledAccount;
  readonly upstreamModel: string;
}

export interface BuiltRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | null;
  /** What was changed for this upstream's sake, for the record. */
  readonly repairs: readonly string[];
}

/** One kind of upstream: builds requests, knows its quirks. It sends nothing itself. */
export interface UpstreamDriver {
  readonly kind: EndpointKind;
  /** Why this kind can't serve the operation, or null. */
  unsupported(operation: Operation): string | null;
  /**
   * The dialect in which a conversation that a client began in `dialect` is put to this endpoint: the same passes through.
   * `answer` is the operation's: embeddings may be spelled otherwise than conversations (absent = a conversation).
   */
  dialectFor(
    dialect: DialectName,
    endpoint: CompiledEndpoint,
    upstreamModel: string,
    answer?: Operation['answer'],
  ): WireName;
  /** `quirks` are those in force: what the user switched off is not among them. */
  build(call: UpstreamCall, target: UpstreamTarget, quirks: ReadonlySet<Quirk>): BuiltRequest;
  /** Asks the upstream to count a request's tokens without answering it; null where it can't. The body is in `dialectFor`'s dialect. */
  buildTokenCount(
    body: Readonly<Record<string, unknown>>,
    target: UpstreamTarget,
    passHeaders: Readonly<Record<string, string>>,
  ): BuiltRequest | null;
  buildModelList(endpoint: CompiledEndpoint, account: CompiledAccount): BuiltRequest;
  /** Throws Error with what is wrong with it. */
  readModelList(body: Buffer): ModelListing[];
  /** What the list's query needs besides for the page after this one, or null; absent for kinds whose lists have no pages. */
  nextModelPage?(body: Buffer): string | null;
}
