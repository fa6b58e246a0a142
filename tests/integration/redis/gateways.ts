// Gateways as far as limits go: the real ledgers over the real Redis, each with a clock of its own.
import { type Clock, systemClock } from '../../../main/base/clock.ts';
import type { Limits } from '../../../main/contract/schemas/limits.ts';
import {
  createLedger,
  isReservation,
  type Ledger,
  type LimitReached,
  type Reservation,
} from '../../../main/guards/ledger.ts';
import type { SharedCounts } from '../../../main/guards/sharedCounts.ts';
import { createSharedLedger } from '../../../main/guards/sharedLedger.ts';
import { createRedisCounts, type RedisCountsOptions } from '../../../main/store/redis/createRedisCounts.ts';
import { eventually } from '../../fakes/testCore.ts';

export const none: Limits = { rpm: -1, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 };

export interface TestGateway {
  readonly shared: SharedCounts;
  readonly ledger: Ledger;
  /** What was said of trouble, in order. */
  readonly troubles: (string | null)[];
  readonly logs: string[];
  /** The call, or null where a limit is in the way. */
  take(limits: Partial<Limits>, tokens?: number, scope?: string): Promise<Reservation | null>;
  refusal(limits: Partial<Limits>, tokens?: number, scope?: string): Promise<LimitReached>;
  ready(): Promise<void>;
}

const open = new Set<SharedCounts>();

export async function closeGateways(): Promise<void> {
  await Promise.all([...open].map((one) => one.close()));
  open.clear();
}

export function createGateway(
  url: string,
  options: Partial<RedisCountsOptions> & { skewMs?: number } = {},
): TestGateway {
  const { skewMs = 0, ...rest } = options;
  const clock: Clock = rest.clock ?? { ...systemClock, now: () => systemClock.now() + skewMs };
  const troubles: (string | null)[] = [];
  const logs: string[] = [];
  const write = (message: string, facts?: object): void =>
    void logs.push(`${message} ${JSON.stringify(facts)}`);
  const shared: SharedCounts = createRedisCounts({
    url,
    timeZone: () => 'UTC',
    log: { debug: write, info: write, warn: write, error: write },
    onTrouble: (reason) => void troubles.push(reason),
    heartbeatMs: 200,
    ...rest,
    clock,
  });
  open.add(shared);
  const local = createLedger({ clock, sink: { count() {}, addCall() {} }, timeZone: 'UTC' });
  const ledger = createSharedLedger(local, shared);
  const reserve = async (limits: Partial<Limits>, tokens = 10, scope = 'account:openai/a1') =>
    await ledger.reserve(scope, { ...none, ...limits }, tokens);
  return {
    shared,
    ledger,
    troubles,
    logs,
    async take(...args) {
      const result = await reserve(...args);
      return isReservation(result) ? result : null;
    },
    async refusal(...args) {
      const result = await reserve(...args);
      if (isReservation(result)) throw new Error('the call was let through');
      return result;
    },
    ready: () =>
      eventually(
        () => shared.connected,
        (connected) => connected,
      ).then(() => {}),
  };
}

/** Two gateways that know of each other. */
export async function createPair(
  url: string,
  first: Parameters<typeof createGateway>[1] = {},
  second = first,
): Promise<[TestGateway, TestGateway]> {
  const pair: [TestGateway, TestGateway] = [createGateway(url, first), createGateway(url, second)];
  for (const one of pair) await one.ready();
  await eventually(
    () => pair.map(({ shared }) => shared.gateways),
    (seen) => seen.every((count) => count === 2),
  );
  return pair;
}

export const settled = { tokens: 10, costUsd: 0 };
