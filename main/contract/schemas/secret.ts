import { z } from 'zod';

const envReference = z.strictObject({ env: z.string().min(1) });
const vaultReference = z.strictObject({ vault: z.string().min(1) });

/** A secret as it may stand in settings.json: in clear (moved into the vault at once), by environment variable, or by vault reference. */
export const secretSchema = z.union([z.string().min(1), envReference, vaultReference]);
export type Secret = z.output<typeof secretSchema>;

/** Where a text stands that may be a secret: `secret` says that it is one where neither its name nor its look does. */
export const hiddenSchema = z.union([
  z.strictObject({ secret: z.string().min(1) }),
  envReference,
  vaultReference,
]);

/** What is shown of a secret: never more than its last four characters. */
export const secretViewSchema = z.object({
  source: z.enum(['none', 'env', 'vault']),
  /** e.g. `••4f2a`; null where there is no secret or it can't be read. */
  mask: z.string().nullable(),
  state: z.enum(['ready', 'locked', 'missing', 'none']),
  /** Why the state is `locked` or `missing`. */
  reason: z.string().nullable(),
});
export type SecretView = z.output<typeof secretViewSchema>;
