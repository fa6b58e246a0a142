import type { ModelListing } from '../contract/modelListing.ts';
import {
  type CheckEvent,
  type CheckStep,
  type CheckStepName,
  checkStepNames,
} from '../contract/schemas/check.ts';
import { demoBaseUrl } from '../contract/schemas/endpoint.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import { ask } from './doctor/ask.ts';
import { detailOf } from './doctor/detailOf.ts';
import { findCure } from './doctor/findCure.ts';
import { type Finding, failed } from './doctor/finding.ts';
import { isWebPage, ProbeFaultError } from './doctor/probeFault.ts';
import { type ProbeDeps, requireDriver, usualTimes } from './doctor/tinyTalk.ts';
import { tryAccount } from './doctor/tryAccount.ts';
import { type Reach, tryReach } from './doctor/tryReach.ts';
import type { UpstreamDriver } from './driver.ts';
import type { Probe } from './probe.ts';

/** Accounts tried at once: a pool of fifty is not to look like an attack. */
const atOnce = 3;

const accountSteps: readonly CheckStepName[] = checkStepNames.slice(checkStepNames.indexOf('credential'));

/** `reach` is how the way to a server is looked at; a test may have no server. */
export function createProbe(deps: ProbeDeps & { reach?: typeof tryReach }): Probe {
  const { clock, redactor } = deps;
  const { listMs } = deps.times ?? usualTimes;

  async function listModels(
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    signal?: AbortSignal,
  ): Promise<ModelListing[]> {
    const driver = requireDriver(endpoint);
    const byId = new Map<string, ModelListing>();
    let page: string | null = null;
    let known: number;
    do {
      known = byId.size;
      const exchange = deps.link.listModels(driver, endpoint, account, deps.connectMs(), page);
      const { body } = await ask(exchange, { kind: endpoint.kind, ms: listMs, redactor, signal });
      for (const listing of listingsIn(driver, body)) byId.set(listing.id, listing);
      page = driver.nextModelPage?.(body) ?? null;
      // A server that knows no pages sends the first one again and again.
    } while (page !== null && byId.size > known);
    return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  function listingsIn(driver: UpstreamDriver, body: Buffer): ModelListing[] {
    try {
      return driver.readModelList(body);
    } catch (error) {
      const page = isWebPage(body);
      const why = page ? 'it is a web page' : (error as Error).message;
      throw new ProbeFaultError(
        page ? 'not-an-api' : 'bad-answer',
        `its model list can't be read: ${why}. Check the base URL.`,
        null,
      );
    }
  }

  /** Tells a step as it begins and as it ends. */
  function stepsOf(account: string | null, tell: (event: CheckEvent) => void): Reach['step'] {
    return async (name, work) => {
      const started = clock.monotonic();
      const say = (step: Omit<CheckStep, 'name'>): void =>
        tell({ type: 'step', account, step: { name, ...step } });
      say({ state: 'running', ms: 0, code: 'running', facts: {}, said: null, detail: '…', mends: [] });
      const finding: Finding = await work().catch((error: Error) =>
        failed('bad-answer', { said: error.message }),
      );
      const said = finding.said ? redactor.redact(finding.said) : null;
      const facts = { ...finding.facts };
      const ms = finding.state === 'skipped' ? 0 : Math.round(clock.monotonic() - started);
      const { state, code } = finding;
      const mends = [...(finding.mends ?? [])];
      say({ state, ms, code, facts, said, detail: detailOf(code, facts, said), mends });
      return finding;
    };
  }

  async function wayTo(endpoint: CompiledEndpoint, tell: (event: CheckEvent) => void, signal?: AbortSignal) {
    if (endpoint.baseUrl === demoBaseUrl) return true;
    const step = stepsOf(null, tell);
    const connectMs = deps.connectMs();
    const reach = { now: clock.now, connectMs, step, ...(signal ? { signal } : {}) };
    const keyless = { ...endpoint.accounts[0], credential: { state: 'none' } } as CompiledAccount;
    /** https where plain http is spoken shows here already: nothing further can be asked. */
    const cured: Reach['step'] = (name, work) =>
      step(name, async () => {
        const finding = await work();
        // A server that waits for plain words after a handshake it does not understand says nothing at all.
        if (finding.code !== 'tls-not-spoken' && finding.code !== 'tls-failed') return finding;
        const listModelsOf = (there: CompiledEndpoint, as: CompiledAccount) =>
          deps.link.listModels(requireDriver(there), there, as, connectMs);
        const cure = await findCure(endpoint, keyless, { listModels: listModelsOf, listMs: 5_000 }, signal);
        return cure ? { ...finding, mends: [cure] } : finding;
      });
    const last = await (deps.reach ?? tryReach)(endpoint, { ...reach, step: cured });
    return last.state !== 'failed';
  }

  return {
    listModels,
    async diagnose(endpoint, accounts, { model, tell, signal }) {
      tell({ type: 'plan', accounts: accounts.map(({ id }) => id) });
      const open = await wayTo(endpoint, tell, signal);

      async function tryOne(account: CompiledAccount): Promise<void> {
        const step = stepsOf(account.id, tell);
        if (!open) {
          // Of many accounts nothing more is to be said than that the endpoint is out of reach.
          for (const name of accounts.length === 1 ? accountSteps : [])
            await step(name, async () => ({ state: 'skipped', code: 'not-tried' }));
          tell({ type: 'account', account: account.id, ok: false, models: [] });
          return;
        }
        const list = async () => (await listModels(endpoint, account, signal)).map(({ id }) => id);
        const trial = { endpoint, account, model, signal, step, listModels: list };
        const { ok, models } = await tryAccount(deps, trial);
        if (!signal?.aborted) tell({ type: 'account', account: account.id, ok, models });
      }

      const waiting = [...accounts];
      async function work(): Promise<void> {
        for (let next = waiting.shift(); next && !signal?.aborted; next = waiting.shift()) await tryOne(next);
      }
      await Promise.all(Array.from({ length: atOnce }, work));
    },
  };
}
