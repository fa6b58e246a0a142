import type { UpstreamDialect } from '../dialect.ts';
import { encodeOndemandRequest } from './encodeOndemandRequest.ts';
import { decodeOndemandResult, readOndemandAnswer } from './ondemandAnswer.ts';
import { createOndemandStreamDecoder } from './ondemandStreamDecoder.ts';

/** on-demand.io's chat API. An encoded body is an OndemandRequest: what goes over the wire depends on the session (`wireBody`). */
export const ondemandDialect: UpstreamDialect = {
  name: 'ondemand',
  toolNames: null,
  customTools: false,
  encodeRequest: encodeOndemandRequest,
  decodeResult: decodeOndemandResult,
  createStreamDecoder: createOndemandStreamDecoder,
  readAnswer: readOndemandAnswer,
};
