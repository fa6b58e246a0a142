import type { Operation } from '../protocol/operation.ts';
import type { CompiledClientKey } from '../registry/snapshot.ts';
import type { ClientPayload } from '../upstream/driver.ts';

/** A client's request after the server has checked who asks and read what routing needs. */
export interface ClientRequest {
  readonly id: string;
  /** Unix milliseconds, and the monotonic moment durations are measured from. */
  readonly time: number;
  readonly arrived: number;
  readonly key: CompiledClientKey;
  /** It came with a secret of the key that has been replaced. */
  readonly oldSecret: boolean;
  readonly userAgent: string;
  readonly operation: Operation;
  readonly payload: ClientPayload;
  /** The name the client asked for. */
  readonly model: string;
  readonly stream: boolean;
  /** How a stream is written: Gemini's without `alt=sse` is one JSON array. */
  readonly framing: 'sse' | 'array';
  /** The client itself asked for the usage chunk of the stream. */
  readonly wantsUsage: boolean;
  /** No other endpoint may be asked; null: any that serves the model. */
  readonly onlyEndpoint: string | null;
  /** Client headers that may travel on. */
  readonly passHeaders: Readonly<Record<string, string>>;
}
