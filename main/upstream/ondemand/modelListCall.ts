import type { CompiledEndpoint } from '../../registry/snapshot.ts';
import { ondemandBases } from './ondemandBases.ts';
import type { OndemandCall } from './ondemandCaller.ts';

/** The list of endpoint ids, outside the public documentation (ondemand-protocol.md section 2.7). */
export function modelListCall(endpoint: CompiledEndpoint): OndemandCall {
  return {
    method: 'GET',
    url: `${ondemandBases(endpoint).config}/config/v1/public/endpoints`,
    accept: 'application/json',
    body: null,
    withUser: false,
  };
}
