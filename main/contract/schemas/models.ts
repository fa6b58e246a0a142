import { z } from 'zod';
import { skipSchema, whySchema } from './record.ts';
import { strategySchema } from './settings.ts';

export const modelRouteSchema = z.object({
  endpointId: z.string(),
  upstreamModel: z.string(),
  /** The endpoint is known not to serve it now. */
  inactive: z.boolean(),
  /**
   * `ready` some account would take a request now; `last` it is tried when nothing else is left; `waiting` comes back by
   * itself; `down` needs a hand; `off` it, or every account of it, is switched off, the spending mode leaves it out, or it
   * leaves out the name.
   */
  state: z.enum(['ready', 'last', 'waiting', 'down', 'off']),
  /** Why it is not `ready`, or is `inactive`. */
  why: whySchema.nullable(),
  /** Unix ms when the first of its accounts comes back, where known. */
  until: z.number().nullable(),
});
export type ModelRoute = z.output<typeof modelRouteSchema>;

/** `media`: speech, transcription, moderation and whatever else has no conversation. */
export const modelUseSchema = z.enum(['chat', 'embeddings', 'images', 'rerank', 'media']);

export const modelAbilities = ['image', 'audio', 'video', 'file', 'tools', 'reasoning'] as const;
export const modelAbilitySchema = z.enum(modelAbilities);
export type ModelAbility = z.output<typeof modelAbilitySchema>;

const facts = {
  /** Tokens. */
  contextTokens: z.number().nullable(),
  /** USD per million tokens. */
  inputUsdPerMTok: z.number().nullable(),
  outputUsdPerMTok: z.number().nullable(),
};

/** A name that clients may ask for. What is known is known of the model of the first route. */
export const modelViewSchema = z.object({
  id: z.string(),
  /** In the order in which they would be tried now, those that can't be tried behind them. */
  routes: z.array(modelRouteSchema),
  use: modelUseSchema,
  /** What it reads besides text, and what it can do; null where nobody says. */
  abilities: z.array(modelAbilitySchema).nullable(),
  ...facts,
});
export type ModelView = z.output<typeof modelViewSchema>;

export const previewCandidateSchema = z.object({
  endpointId: z.string(),
  accountId: z.string(),
  upstreamModel: z.string(),
  priority: z.number(),
  /** Why it is tried only when nothing else is left; null where it is not. */
  held: whySchema.nullable(),
});

/** Where a request for a name would go if it came now. */
export const modelPreviewSchema = z.object({
  strategy: strategySchema,
  maxAttempts: z.number(),
  /** In the order of trying; among equals of a strategy that rolls dice, the likeliest one. */
  candidates: z.array(previewCandidateSchema),
  skipped: z.array(skipSchema),
  /** What is known of each upstream model without the user's overrides. */
  known: z.array(z.object({ upstreamModel: z.string(), ...facts })),
});
export type ModelPreview = z.output<typeof modelPreviewSchema>;
