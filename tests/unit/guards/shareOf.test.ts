import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Limits } from '../../../main/contract/schemas/limits.ts';
import { shareOf } from '../../../main/guards/shareOf.ts';

const names = ['rpm', 'rpd', 'tpm', 'tpd', 'concurrent'] as const;

it('shares stay below the limit together, are never nothing, and leave no limit and off alone', () => {
  const limit = fc.integer({ min: -1, max: 1_000_000 });
  const all = fc.record({ rpm: limit, rpd: limit, tpm: limit, tpd: limit, concurrent: limit });
  fc.assert(
    fc.property(all, fc.integer({ min: 1, max: 50 }), (limits: Limits, gateways) => {
      const share = shareOf(limits, gateways);
      for (const name of names) {
        if (limits[name] <= 0) expect(share[name]).toBe(limits[name]);
        else {
          expect(share[name]).toBeGreaterThanOrEqual(1);
          expect(share[name] * gateways).toBeLessThanOrEqual(Math.max(limits[name], gateways));
        }
      }
    }),
  );
  expect(shareOf({ rpm: 100, rpd: 5, tpm: 1, tpd: -1, concurrent: 0 }, 2)).toEqual({
    rpm: 50,
    rpd: 2,
    tpm: 1,
    tpd: -1,
    concurrent: 0,
  });
});
