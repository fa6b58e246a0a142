import { z } from 'zod';
import { gatewayStatusSchema } from './views.ts';

/** What came of moving to another port. */
export const portMoveSchema = z.object({
  status: gatewayStatusSchema,
  /** Programs that used the former address of late, latest first: they have to be given the new one. */
  userAgents: z.array(z.string()),
});
export type PortMove = z.output<typeof portMoveSchema>;
