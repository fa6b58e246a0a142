import { ORPCError, safe } from '@orpc/client';

/** The typed error a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const { error } = await safe(call);
  if (!(error instanceof ORPCError)) throw new Error(`expected a typed error, got ${String(error)}`);
  return error;
}
