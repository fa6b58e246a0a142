import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { clientKeyOperations } from './clientKeyOperations.ts';
import { endpointOperations } from './endpointOperations.ts';
import { liveEventSchema } from './events.ts';
import { base, done, modelName } from './operationBase.ts';
import { idSchema } from './schemas/endpoint.ts';
import { modelPreviewSchema, modelViewSchema } from './schemas/models.ts';
import { portMoveSchema } from './schemas/portMove.ts';
import { spendingInputSchema } from './schemas/spending.ts';
import { trialEventSchema, trialInputSchema } from './schemas/trial.ts';
import { endpointViewSchema, gatewayStatusSchema } from './schemas/views.ts';
import { settingsOperations } from './settingsOperations.ts';
import { upkeepOperations } from './upkeepOperations.ts';
import { usageOperations } from './usageOperations.ts';

/**
 * Everything a window can ask for. The same router answers over a MessagePort and over HTTP below `/control`.
 * Paths of nested input fields follow OpenAPI: `{id}` from the path, the rest from the JSON body or query.
 */
export const contract = {
  gateway: {
    status: base.route({ method: 'GET', path: '/gateway' }).output(gatewayStatusSchema),
    start: base.route({ method: 'POST', path: '/gateway/start' }).output(gatewayStatusSchema),
    stop: base.route({ method: 'POST', path: '/gateway/stop' }).output(gatewayStatusSchema),
    /** Goes into a spending mode, or back to normal. A mode with an end ends by itself. */
    setSpending: base
      .route({ method: 'POST', path: '/gateway/spending' })
      .input(spendingInputSchema)
      .output(gatewayStatusSchema),
    /** Moves to another port for good, e.g. where the present one is taken. UNAVAILABLE where a flag or the environment names the port. */
    moveToPort: base
      .route({ method: 'POST', path: '/gateway/port' })
      .input(z.object({ port: z.number().int().min(1).max(65_535) }))
      .output(portMoveSchema),
  },
  ...endpointOperations,
  ...clientKeyOperations,
  removed: {
    /** Puts back what a `remove` took out. NOT_FOUND when it is too late, CONFLICT where its place is taken. */
    restore: base
      .route({ method: 'POST', path: '/removed/{undo}/restore' })
      .input(z.object({ undo: z.string().max(64) }))
      .output(done),
  },
  models: {
    list: base.route({ method: 'GET', path: '/models' }).output(z.array(modelViewSchema)),
    /** Where a request for the name would go if it came now, and why not elsewhere. Takes nothing. */
    preview: base
      .route({ method: 'GET', path: '/models/preview' })
      .input(z.object({ model: modelName }))
      .output(modelPreviewSchema),
    /** Sets names of an endpoint's mapping, or takes them out (null). Names not given stay as they are. */
    map: base
      .route({ method: 'POST', path: '/models/map' })
      .input(z.object({ endpointId: idSchema, names: z.record(modelName, modelName.nullable()) }))
      .output(endpointViewSchema),
  },
  requests: {
    /** Sends a request through the gateway as a client would, and tells its answer as it comes. Leaving the stream cancels it. */
    try: base
      .route({ method: 'POST', path: '/requests/try' })
      .input(trialInputSchema)
      .output(eventIterator(trialEventSchema)),
  },
  ...usageOperations,
  ...settingsOperations,
  ...upkeepOperations,
  live: {
    events: base.route({ method: 'GET', path: '/events' }).output(eventIterator(liveEventSchema)),
  },
};

export type Contract = typeof contract;
