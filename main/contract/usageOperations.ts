// What has been asked of the gateway: single requests and their sums.
import { z } from 'zod';
import { trafficSecondSchema } from './events.ts';
import { base } from './operationBase.ts';
import { recordBodiesSchema } from './schemas/bodies.ts';
import { recordFilterSchema, recordPageSchema, recordSchema } from './schemas/record.ts';
import {
  formerNameSchema,
  heatMapSchema,
  seriesViewSchema,
  spanSchema,
  usageFactsSchema,
  usageSummarySchema,
} from './schemas/usage.ts';

export const usageOperations = {
  records: {
    list: base.route({ method: 'GET', path: '/records' }).input(recordFilterSchema).output(recordPageSchema),
    get: base
      .route({ method: 'GET', path: '/records/{id}' })
      .input(z.object({ id: z.string() }))
      .output(recordSchema),
    /** What was sent and answered, where `usage.recordBodies` was on; null where it was not kept, or no longer is. */
    body: base
      .route({ method: 'GET', path: '/records/{id}/body' })
      .input(z.object({ id: z.string() }))
      .output(recordBodiesSchema.nullable()),
  },
  usage: {
    summary: base
      .route({ method: 'GET', path: '/usage/summary' })
      .input(z.object({ span: spanSchema }))
      .output(usageSummarySchema),
    series: base
      .route({ method: 'GET', path: '/usage/series' })
      .input(z.object({ span: spanSchema }))
      .output(seriesViewSchema),
    /** Hours of the day by days. */
    heatMap: base.route({ method: 'GET', path: '/usage/heat-map' }).output(heatMapSchema),
    /** What was removed, by the name it had. */
    names: base.route({ method: 'GET', path: '/usage/names' }).output(z.array(formerNameSchema)),
    /** How much room the records take. */
    store: base.route({ method: 'GET', path: '/usage/store' }).output(usageFactsSchema),
    /** Deletes every record and every sum. What limits count today stays. */
    clear: base.route({ method: 'DELETE', path: '/usage/records' }).output(usageFactsSchema),
    /** The last 60 whole seconds, oldest first; `traffic` events continue them. */
    live: base.route({ method: 'GET', path: '/usage/live' }).output(z.array(trafficSecondSchema)),
  },
};
