import type { Limits } from '../contract/schemas/limits.ts';

/**
 * What each of several gateways may use by itself while they can't ask one another: a whole part of every limit, at least 1.
 * Together they stay below the limit, or at one each where there are more gateways than that.
 */
export function shareOf(limits: Limits, gateways: number): Limits {
  const part = (limit: number): number => (limit > 0 ? Math.max(1, Math.floor(limit / gateways)) : limit);
  const { rpm, rpd, tpm, tpd, concurrent } = limits;
  return {
    ...limits,
    rpm: part(rpm),
    rpd: part(rpd),
    tpm: part(tpm),
    tpd: part(tpd),
    concurrent: part(concurrent),
  };
}
