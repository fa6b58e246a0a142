import { GatewayError } from '../base/gatewayError.ts';
import type { Snapshot } from '../registry/snapshot.ts';

/** The error for a name that no endpoint serves, with what to do about it. */
export function modelNotFound(snapshot: Snapshot, model: string): GatewayError {
  const none = snapshot.endpoints.length === 0;
  const advice = none
    ? 'Add an endpoint first.'
    : 'GET /v1/models lists the names that work; mappings add others.';
  return new GatewayError('model_not_found', `No endpoint serves the model "${model}". ${advice}`, {
    param: 'model',
  });
}
