/** Whom an answer comes from, or who was asked last where it is an error. */
export interface AnswerOrigin {
  readonly endpointId: string | null;
  readonly accountId: string | null;
  /** The name that was asked for upstream. */
  readonly upstreamModel: string | null;
  /** How many attempts it took. */
  readonly attempts: number;
}

/** What stands in a header for none, as in access logs; no id is spelled so. */
export const nobody = '-';

/** The gateway answers by itself. */
export const nobodyAsked: AnswerOrigin = {
  endpointId: null,
  accountId: null,
  upstreamModel: null,
  attempts: 0,
};
