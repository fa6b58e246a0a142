/** The shapes in which an answer's stream was seen. */
export interface StreamStyle {
  /** Some accounts get no status log at all. */
  readonly statusLog: boolean;
  /** The log of the end repeats the whole answer. */
  readonly repeatAnswer: boolean;
  readonly metricsLog: boolean;
  /** `auto`: before the answer where the model reasons. `around`: before it, in the middle of it and after its last word. */
  readonly thinking: 'auto' | 'before' | 'around' | 'none';
  /** A planner's thoughts and its output, JSON in pieces, come before: neither is the answer. */
  readonly planning: boolean;
  /** Pieces of the answer that are null stand between the others. */
  readonly nullAnswers: boolean;
  /** A heartbeat at the start, and one between the metrics and [DONE], however fast the answer is. */
  readonly heartbeats: boolean;
  /** Milliseconds between heartbeats while nothing else comes. */
  readonly heartbeatMs: number;
}

export const usualStyle: StreamStyle = {
  statusLog: true,
  repeatAnswer: true,
  metricsLog: true,
  thinking: 'auto',
  planning: false,
  nullAnswers: false,
  heartbeats: true,
  heartbeatMs: 3_000,
};
