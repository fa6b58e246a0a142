// How much the model is to think, in the terms of its generation.
import { budgetOf, effortOf } from '../hub/reasoningBudget.ts';
import type { Effort, ReasoningWish } from '../hub/turn.ts';
import type { GeminiModel } from './geminiModel.ts';

export interface EncodedThinking {
  /** `thinkingConfig`, or null where nothing is to be said. */
  readonly config: Record<string, unknown> | null;
  readonly dropped: readonly string[];
  readonly repairs: readonly string[];
}

const nothing: EncodedThinking = { config: null, dropped: [], repairs: [] };

/** Tokens that models of 2.5 can be given (ai.google.dev, thinking); `off`: 0 is one of them. */
function range({ pro, lite }: GeminiModel): { least: number; most: number; off: boolean } {
  if (pro) return { least: 128, most: 32_768, off: false };
  return { least: lite ? 512 : 1, most: 24_576, off: true };
}

function writeBudget(wanted: number, model: GeminiModel): { budget: number; repairs: string[] } {
  const { least, most, off } = range(model);
  if (wanted < 0 || (wanted === 0 && off)) return { budget: Math.max(-1, wanted), repairs: [] };
  const repairs = wanted === 0 ? ['sent no thinking as the least there is'] : [];
  return { budget: Math.min(most, Math.max(least, wanted)), repairs };
}

/** Only flash models before 3.7 have MINIMAL; the first 3 pro has no MEDIUM. */
function levelOf(effort: Effort, { generation, pro, flash, lite }: GeminiModel): string {
  const hasMinimal = flash && (lite || (generation ?? 0) < 3.7);
  if (effort === 'none' || effort === 'minimal') return hasMinimal ? 'MINIMAL' : 'LOW';
  if (effort === 'low') return 'LOW';
  return effort === 'medium' && !(pro && generation === 3) ? 'MEDIUM' : 'HIGH';
}

/** `wish` null: the model's own default. */
export function encodeThinking(wish: ReasoningWish | null, model: GeminiModel): EncodedThinking {
  if (!wish) return nothing;
  const budget = budgetOf(wish);
  const wanted = budget !== 0;
  if (model.thinks === 'not') return { ...nothing, dropped: wanted ? ['reasoning_effort'] : [] };
  const visible = wanted && wish.visible !== false ? { includeThoughts: true } : {};
  if (model.thinks === 'budget') {
    const written = budget === null ? null : writeBudget(budget, model);
    const config = { ...(written ? { thinkingBudget: written.budget } : {}), ...visible };
    return {
      config: Object.keys(config).length > 0 ? config : null,
      dropped: [],
      repairs: written?.repairs ?? [],
    };
  }
  const effort = effortOf(wish);
  const config = { ...(effort ? { thinkingLevel: levelOf(effort, model) } : {}), ...visible };
  const repairs = wanted ? [] : ['sent no thinking as the least there is'];
  return { config: Object.keys(config).length > 0 ? config : null, dropped: [], repairs };
}
