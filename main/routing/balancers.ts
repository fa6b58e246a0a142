// The six strategies: each puts candidates of one priority into an order. Pure but for the dice and the turn counter handed in.
import type { Strategy } from '../contract/schemas/settings.ts';

export interface Weighed {
  /** Of the endpoint and of the account; 0 = only when nothing else is left. */
  readonly endpointWeight: number;
  readonly accountWeight: number;
  /** Accounts that share this one's endpoint among the candidates, itself included. */
  readonly siblings: number;
  readonly siblingWeight: number;
  readonly inFlight: number;
  /** Smoothed milliseconds to the first token; null without data. */
  readonly latency: number | null;
}

export interface Dice {
  /** In [0, 1). */
  random(): number;
  /** Counts 0, 1, 2 … for the model whose turn it is. */
  turn(): number;
}

/** A random order in which heavier candidates tend to stand first (Efraimidis and Spirakis: sort by u^(1/w)). */
function byWeight<T>(candidates: readonly T[], weight: (candidate: T) => number, random: () => number): T[] {
  return candidates
    .map((candidate) => {
      const w = weight(candidate);
      return { candidate, key: w > 0 ? Math.log(1 - random()) / w : Number.NEGATIVE_INFINITY };
    })
    .sort((a, b) => b.key - a.key)
    .map(({ candidate }) => candidate);
}

function byNumber<T>(candidates: readonly T[], value: (candidate: T) => number, random: () => number): T[] {
  return candidates
    .map((candidate) => ({ candidate, value: value(candidate), dice: random() }))
    .sort((a, b) => a.value - b.value || a.dice - b.dice)
    .map(({ candidate }) => candidate);
}

/** Every endpoint is as likely as any other, and every account within it. */
const evenly = (candidate: Weighed): number => 1 / candidate.siblings;

const weighed = (candidate: Weighed): number =>
  candidate.siblingWeight > 0
    ? (candidate.endpointWeight * candidate.accountWeight) / candidate.siblingWeight
    : 0;

/** One request in twenty looks for news among the slower ones. */
const exploreShare = 0.05;

/** The candidates in the order in which they are to be tried. */
export function balance<T extends Weighed>(strategy: Strategy, candidates: readonly T[], dice: Dice): T[] {
  if (candidates.length < 2) return [...candidates];
  switch (strategy) {
    case 'random':
      return byWeight(candidates, evenly, dice.random);
    case 'round-robin': {
      const start = dice.turn() % candidates.length;
      return [...candidates.slice(start), ...candidates.slice(0, start)];
    }
    case 'weighted':
    case 'priority':
      return byWeight(candidates, weighed, dice.random);
    case 'least-busy':
      return byNumber(candidates, (one) => (one.inFlight + 1) / (weighed(one) || 1e-9), dice.random);
    case 'fastest':
      return dice.random() < exploreShare
        ? byWeight(candidates, weighed, dice.random)
        : byNumber(candidates, (one) => one.latency ?? -1, dice.random);
  }
}
