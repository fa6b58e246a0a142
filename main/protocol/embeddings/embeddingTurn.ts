// The hub of embeddings: texts in, vectors out, in no dialect.
import type { JsonObject } from '../hub/turn.ts';
import type { Operation } from '../operation.ts';

export interface EmbeddingTurn {
  /** The name the client asked for. */
  readonly model: string;
  readonly inputs: readonly string[];
  /** Numbers a vector is to have; null = the model's own size. */
  readonly dimensions: number | null;
  /** The vectors are wanted as base64 of little-endian float32 (OpenAI). */
  readonly base64: boolean;
  /** Gemini: RETRIEVAL_DOCUMENT, SEMANTIC_SIMILARITY … */
  readonly taskType: string | null;
  /** Gemini: of the document that is embedded. */
  readonly title: string | null;
  /** The client's own fields that are left out, by their wire name. */
  readonly dropped: readonly string[];
}

export interface EmbeddingResult {
  /** In the order of the inputs. */
  readonly vectors: readonly (readonly number[])[];
  /** Null where the upstream did not count. */
  readonly inputTokens: number | null;
}

export interface EncodedEmbedding {
  readonly body: Record<string, unknown>;
  /** What this dialect can't hold, by its wire name. */
  readonly dropped: readonly string[];
}

/** One dialect's spelling of embeddings. `operation` is the name of the client's own: Gemini has one for one text and one for many. */
export interface EmbeddingCodec {
  /** How an upstream of this dialect is asked. */
  readonly operation: Operation;
  /** Throws GatewayError `invalid_request`. */
  decodeRequest(body: JsonObject, model: string, operation: string): EmbeddingTurn;
  /** `model`: the upstream's name for it. */
  encodeRequest(turn: EmbeddingTurn, model: string): EncodedEmbedding;
  /** Throws ForeignEventError where the answer holds no vectors. */
  decodeResult(body: JsonObject): EmbeddingResult;
  encodeResult(result: EmbeddingResult, turn: EmbeddingTurn, operation: string): Record<string, unknown>;
}
