// The second half of a diagnosis, with one account: its credential, the model list, one tiny completion and one tiny stream.
import type { CheckCode, CheckStepName, Mend } from '../../contract/schemas/check.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import { modelsToTry } from '../modelsToTry.ts';
import type { UpstreamError } from '../upstreamError.ts';
import { ask } from './ask.ts';
import { findCure } from './findCure.ts';
import { type Finding, failed, passed } from './finding.ts';
import { codeOfError, ProbeFaultError } from './probeFault.ts';
import { type ProbeDeps, RepairOffError, requireDriver, tinyTalk, usualTimes } from './tinyTalk.ts';

export interface AccountTrial {
  endpoint: CompiledEndpoint;
  account: CompiledAccount;
  /** The upstream's name of the model to try; null = one of its own. */
  model: string | null;
  signal?: AbortSignal | undefined;
  step(name: CheckStepName, work: () => Promise<Finding>): Promise<Finding>;
  listModels(): Promise<string[]>;
}

const misled: ReadonlySet<CheckCode> = new Set([
  'wrong-path',
  'not-an-api',
  'redirected',
  'bad-answer',
  'cut',
]);

const mendsByCode: Partial<Record<CheckCode, readonly Mend[]>> = {
  'key-refused': [{ do: 'replace-key' }],
  'key-missing': [{ do: 'replace-key' }],
  'key-unreadable': [{ do: 'replace-key' }],
  'sign-in-refused': [{ do: 'replace-key' }],
  'no-credit': [{ do: 'top-up' }],
  region: [{ do: 'set-proxy' }],
};

function findingOf(error: unknown, account: CompiledAccount, facts: Record<string, string> = {}): Finding {
  let code = codeOfError(error);
  if (code === 'key-refused' && account.credential.state === 'none') code = 'key-missing';
  const own = error instanceof ProbeFaultError ? error.facts : {};
  const mends: Mend[] = [...(mendsByCode[code] ?? [])];
  if (code === 'model-missing' && facts.model !== undefined)
    mends.push({ do: 'map-model', model: facts.model });
  if (error instanceof RepairOffError) mends.push({ do: 'turn-on-repair', repair: error.repair });
  const silent = code === 'no-answer' || code === 'cancelled';
  return failed(code, { facts: { ...facts, ...own }, said: silent ? null : (error as Error).message, mends });
}

/** Names the user wrote down and the endpoint's own list does not hold. */
function strayNames(endpoint: CompiledEndpoint, listed: readonly string[]): string[] {
  if (endpoint.kind === 'azure' || listed.length === 0) return [];
  return [...endpoint.models].filter((name) => !listed.includes(name));
}

const notTried = async (): Promise<Finding> => ({ state: 'skipped', code: 'not-tried' });

/** Tells each step; true where the account answers. Never throws for what the upstream does. */
export async function tryAccount(
  deps: ProbeDeps,
  trial: AccountTrial,
): Promise<{ ok: boolean; models: string[] }> {
  const { endpoint, account, signal, step } = trial;
  const { listMs } = deps.times ?? usualTimes;
  const { credential } = account;
  let models: string[] = [];

  const skip = async (...names: CheckStepName[]): Promise<{ ok: boolean; models: string[] }> => {
    for (const name of names) await step(name, notTried);
    return { ok: false, models };
  };
  if (credential.state !== 'ready' && credential.state !== 'none') {
    await step('credential', async () =>
      failed('key-unreadable', { said: credential.reason, mends: mendsByCode['key-unreadable'] ?? [] }),
    );
    return skip('models', 'chat', 'stream');
  }

  const isLogin = account.email !== null;
  const signIn = deps.link.signIn(requireDriver(endpoint), endpoint, account, deps.connectMs());
  if (signIn) {
    const entered = await step('credential', async () => {
      try {
        await ask(signIn, { kind: endpoint.kind, ms: listMs, redactor: deps.redactor, signal });
        return passed('signed-in');
      } catch (error) {
        const { status = null, message } = error as UpstreamError;
        const code = status === 401 || status === 403 ? 'sign-in-refused' : 'sign-in-failed';
        return failed(code, { said: message, mends: mendsByCode[code] ?? [] });
      }
    });
    if (entered.state !== 'ok') return skip('models', 'chat', 'stream');
  }

  /** The model list is what first judges a key. */
  let refusal: Finding | null = null;
  async function list(): Promise<Finding> {
    try {
      models = await trial.listModels();
    } catch (error) {
      const { status = null } = error as UpstreamError;
      if (isLogin && (status === 401 || status === 403 || status === 404))
        return { state: 'skipped', code: 'models-login' };
      const finding = findingOf(error, account);
      if (finding.code === 'key-refused' || finding.code === 'key-missing') {
        refusal = finding;
        return notTried();
      }
      if (!misled.has(finding.code)) return finding;
      const cure = await findCure(
        endpoint,
        account,
        {
          listMs: Math.min(listMs, 5_000),
          listModels: (there, as) => deps.link.listModels(requireDriver(there), there, as, deps.connectMs()),
        },
        signal,
      );
      return cure ? { ...finding, mends: [...(finding.mends ?? []), cure] } : finding;
    }
    const stray = strayNames(endpoint, models);
    const facts = { count: String(models.length) };
    if (stray.length > 0)
      return { state: 'warned', code: 'models-ok', facts, mends: [{ do: 'remove-names', names: stray }] };
    return models.length === 0 ? { state: 'warned', code: 'models-none' } : passed('models-ok', facts);
  }

  let listed: Finding | null = null;
  if (isLogin) listed = await step('models', list);
  else {
    // What the list said of the key stands before what it said of itself.
    const judged = await step('credential', async () => {
      listed = await list();
      if (refusal) return refusal;
      if (credential.state === 'none') return { state: 'skipped', code: 'key-unjudged' };
      return listed.state === 'failed' ? { state: 'skipped', code: 'key-unjudged' } : passed('key-accepted');
    });
    if (judged.state === 'failed') return skip('models', 'chat', 'stream');
    await step('models', async () => listed ?? notTried());
  }
  const found = listed as Finding | null;
  const lost = found?.mends?.some((mend) => mend.do === 'address') ?? false;
  // Some servers have no model list; what counts is whether they answer. With a better address at hand that is known already.
  if (lost || found?.code === 'cancelled') return skip('chat', 'stream');

  const tries = trial.model === null ? modelsToTry(endpoint, models) : [trial.model];
  if (tries.length === 0) {
    const code = endpoint.kind === 'azure' ? 'no-deployment' : 'no-model';
    await step('chat', async () => ({ state: 'skipped', code }));
    await step('stream', notTried);
    return { ok: found?.state === 'ok', models };
  }
  const talk = (model: string, stream: boolean) =>
    tinyTalk(deps, { endpoint, account, model, stream, signal });

  let answering: string | null = null;
  await step('chat', async () => {
    let last: Finding = { state: 'skipped', code: 'not-tried' };
    // The first of the models that answers: what an upstream does not serve any longer says nothing of the account.
    for (const model of tries) {
      try {
        await talk(model, false);
        answering = model;
        return passed('chat-ok', { model });
      } catch (error) {
        last = findingOf(error, account, { model });
        if ((error as UpstreamError).status !== 400) return last;
      }
    }
    return last;
  });
  const model = answering as string | null;
  if (model === null) return skip('stream');
  await step('stream', async () => {
    try {
      await talk(model, true);
      return passed('stream-ok', { model });
    } catch (error) {
      return findingOf(error, account, { model });
    }
  });
  return { ok: true, models };
}
