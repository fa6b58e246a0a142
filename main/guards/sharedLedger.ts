// A ledger whose limits hold over several gateways: this process's own counts first, then those that all share.
//
// While the store is away each gateway keeps to its share of every limit (`shareOf`), measured by its own counts. In a minute or a
// day that lies wholly in the outage all gateways together stay within the limit; in one in which the store was lost they stay
// below twice the limit, as some may have used more than their share before. A gateway that has never reached the store knows of
// no other and takes the whole limit for its share.
import type { Limits } from '../contract/schemas/limits.ts';
import {
  isReservation,
  type Ledger,
  type LimitReached,
  type LocalLedger,
  type Reservation,
} from './ledger.ts';
import type { SharedCall, SharedCounts } from './sharedCounts.ts';
import { shareOf } from './shareOf.ts';

const isUnlimited = ({ rpm, rpd, tpm, tpd, concurrent }: Limits): boolean =>
  rpm < 0 && rpd < 0 && tpm < 0 && tpd < 0 && concurrent < 0;

/** Ends the call in both places; each of them heeds the first word only. */
function both(mine: Reservation, everyones: SharedCall): Reservation {
  return {
    settle(use) {
      mine.settle(use);
      everyones.settle({ requests: 1, ...use });
    },
    refund() {
      mine.refund();
      everyones.settle({ requests: 0, tokens: 0, costUsd: 0 });
    },
  };
}

/**
 * `check`, `usage` and `inFlight` answer by this process's own counts: planning may offer an account that `reserve` then refuses.
 * `spentToday` knows what the others spent up to the last call of that scope here.
 */
export function createSharedLedger(local: LocalLedger, shared: SharedCounts): Ledger {
  const inForce = (limits: Limits): Limits => (shared.connected ? limits : shareOf(limits, shared.gateways));

  /** The store has no say: it only gets to know, sooner or later. */
  function reserveAlone(scope: string, limits: Limits, tokens: number): Reservation | LimitReached {
    const mine = local.reserve(scope, limits, tokens);
    return isReservation(mine) ? both(mine, shared.note(scope, tokens)) : mine;
  }

  async function reserveTogether(
    mine: Reservation,
    scope: string,
    limits: Limits,
    tokens: number,
  ): Promise<Reservation | LimitReached> {
    const taken = await shared.take(scope, limits, tokens);
    if (taken === null) {
      mine.refund();
      return reserveAlone(scope, shareOf(limits, shared.gateways), tokens);
    }
    if ('settle' in taken) return both(mine, taken);
    mine.refund();
    return taken;
  }

  return {
    check: (scope, limits, tokens) => local.check(scope, inForce(limits), tokens),
    reserve(scope, limits, tokens) {
      if (isUnlimited(limits)) return reserveAlone(scope, limits, tokens);
      if (!shared.connected) return reserveAlone(scope, shareOf(limits, shared.gateways), tokens);
      const mine = local.reserve(scope, limits, tokens);
      return isReservation(mine) ? reserveTogether(mine, scope, limits, tokens) : mine;
    },
    usage: local.usage,
    spentToday: (scope) => Math.max(local.spentToday(scope), shared.spentToday(scope)),
    inFlight: local.inFlight,
    today: local.today,
    restore: local.restore,
    setTimeZone: local.setTimeZone,
  };
}
