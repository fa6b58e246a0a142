import { GatewayError } from '../base/gatewayError.ts';
import type { Skip } from '../contract/schemas/record.ts';
import type { Snapshot } from '../registry/snapshot.ts';

/** The error for a name that no endpoint serves, or not the one that was asked for, with what to do about it. */
export function modelNotFound(
  snapshot: Snapshot,
  model: string,
  onlyEndpoint: string | null = null,
  leftOut: readonly Skip[] = [],
): GatewayError {
  const excluded = leftOut.find(({ endpointId }) => onlyEndpoint === null || endpointId === onlyEndpoint);
  if (excluded) {
    const endpoint = snapshot.endpoints.find(({ id }) => id === excluded.endpointId);
    const message = `The endpoint "${endpoint?.name || excluded.endpointId}" leaves out the model "${model}" ("!${excluded.facts.pattern}" in its models). Take that out there, or map the name.`;
    return new GatewayError('model_not_found', message, { param: 'model' });
  }
  if (onlyEndpoint !== null) {
    const asked = snapshot.endpoints.find(({ id }) => id === onlyEndpoint);
    const message = asked
      ? `The endpoint "${asked.name || asked.id}" does not serve the model "${model}". Map the name there, or ask for one that it serves.`
      : `There is no endpoint "${onlyEndpoint}".`;
    return new GatewayError('model_not_found', message, { param: 'model' });
  }
  const none = snapshot.endpoints.length === 0;
  const advice = none
    ? 'Add an endpoint first.'
    : 'GET /v1/models lists the names that work; mappings add others.';
  return new GatewayError('model_not_found', `No endpoint serves the model "${model}". ${advice}`, {
    param: 'model',
  });
}
