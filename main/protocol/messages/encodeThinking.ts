// What the client wants of the model's reasoning -> `thinking`, `output_config.effort` and the `max_tokens` that go with them.
import { budgetOf, effortOf } from '../hub/reasoningBudget.ts';
import type { Effort, ReasoningWish } from '../hub/turn.ts';
import type { ModelTraits } from './messagesModels.ts';
import type { Notes } from './wire.ts';

/** Anthropic's least budget. */
const leastBudget = 1_024;
/** Tokens for the answer itself, where the client does not say how many it wants. */
const leastAnswer = 4_096;
/** Where the model may decide how long it thinks but has to be told a number. */
const usualBudget = 8_192;

export interface EncodedThinking {
  readonly thinking: Record<string, unknown> | null;
  readonly effort: string | null;
  readonly maxTokens: number;
}

export interface ThinkingCase {
  readonly traits: ModelTraits;
  readonly wish: ReasoningWish | null;
  readonly maxTokens: number | null;
  /** A tool must be called. */
  readonly forced: boolean;
  /** The history's last answer lacks the thinking it would have to begin with. */
  readonly lacksThinking: boolean;
}

function clamped(maxTokens: number | null, { maxOutput, defaultOutput }: ModelTraits, notes: Notes): number {
  if (maxTokens === null) return defaultOutput;
  if (maxOutput === null || maxTokens <= maxOutput) return Math.max(1, Math.trunc(maxTokens));
  notes.repairs.add(`lowered max_tokens to ${maxOutput}`);
  return maxOutput;
}

function effortWord(effort: Effort | null, { xhighEffort }: ModelTraits): string | null {
  if (effort === null || effort === 'none') return null;
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' && !xhighEffort ? 'high' : effort;
}

function switchedOff(traits: ModelTraits, maxTokens: number, notes: Notes): EncodedThinking {
  switch (traits.off) {
    case 'omission':
      return { thinking: null, effort: null, maxTokens };
    case 'disabled':
      return { thinking: { type: 'disabled' }, effort: null, maxTokens };
    case 'betweenTools':
      notes.repairs.add('sent no thinking as the least there is');
      return { thinking: { type: 'between_tools' }, effort: null, maxTokens };
    case 'never':
      notes.repairs.add('sent no thinking as the least there is');
      return { thinking: null, effort: 'low', maxTokens };
  }
}

/** A budget wants `max_tokens` above it; what the client wanted for the answer stays on top. */
function withBudget(
  asked: ThinkingCase,
  wish: ReasoningWish,
  maxTokens: number,
  notes: Notes,
): EncodedThinking {
  const wanted = budgetOf(wish) ?? -1;
  const budget = Math.max(leastBudget, wanted < 0 ? usualBudget : wanted);
  const { maxOutput } = asked.traits;
  const answer = asked.maxTokens === null ? leastAnswer : Math.min(maxTokens, leastAnswer);
  const whole = Math.min(
    maxOutput ?? Number.POSITIVE_INFINITY,
    maxTokens > budget ? maxTokens : budget + maxTokens,
  );
  if (whole > maxTokens) notes.repairs.add('raised max_tokens above the thinking budget');
  const budget_tokens = Math.max(leastBudget, Math.min(budget, whole - answer));
  const hidden = wish.visible === false ? { display: 'omitted' } : {};
  return { thinking: { type: 'enabled', budget_tokens, ...hidden }, effort: null, maxTokens: whole };
}

export function encodeThinking(asked: ThinkingCase, notes: Notes): EncodedThinking {
  const { traits, wish } = asked;
  const maxTokens = clamped(asked.maxTokens, traits, notes);
  const silent: EncodedThinking = { thinking: null, effort: null, maxTokens };
  if (!wish) return silent;
  const effort = effortOf(wish);
  if (effort === 'none') return switchedOff(traits, maxTokens, notes);
  if (effort === null && wish.budgetTokens === null && !wish.adaptive && wish.visible !== true) return silent;
  const unable = traits.thinking === 'none' || asked.forced;
  if (unable || (traits.thinking === 'budget' && asked.lacksThinking)) {
    notes.dropped.add('reasoning');
    return silent;
  }
  if (traits.thinking === 'budget') return withBudget(asked, wish, maxTokens, notes);
  // Newer models keep their thinking to themselves unless told otherwise.
  const display = wish.visible === false ? 'omitted' : 'summarized';
  return { thinking: { type: 'adaptive', display }, effort: effortWord(effort, traits), maxTokens };
}
