// Asks upstreams about themselves, outside the traffic of clients. A draft, or an edit, is tried without touching settings or vault.
import { createPushStream } from '../../base/pushStream.ts';
import { secretTexts } from '../../base/redact.ts';
import type { EndpointEdit, EndpointInput } from '../../contract/endpointOperations.ts';
import type { CheckEvent, CheckReport } from '../../contract/schemas/check.ts';
import { hiddenSpots } from '../../registry/secretSpots.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import { VaultError } from '../../store/vault.ts';
import { compileDraft } from '../compileDraft.ts';
import { UnavailableError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { compiledAccount, compiledEndpoint, endpointIn } from '../lookUp.ts';
import { patchEndpoint } from '../patchEndpoint.ts';

const usable = (account: CompiledAccount): boolean =>
  account.credential.state === 'ready' || account.credential.state === 'none';

/** The account to ask with: the first that is on and whose secret can be read, else the first. */
function spokesman(endpoint: CompiledEndpoint): CompiledAccount {
  const account =
    endpoint.accounts.find((candidate) => candidate.enabled && usable(candidate)) ??
    endpoint.accounts.find(usable) ??
    endpoint.accounts[0];
  if (!account) throw new UnavailableError(`Endpoint "${endpoint.id}" has no account to ask with.`);
  return account;
}

/** The account to ask for the model list: a key that is on before a login, which may not be let to it. */
function librarian(endpoint: CompiledEndpoint): CompiledAccount {
  const key = endpoint.accounts.find(
    (candidate) => candidate.enabled && candidate.email === null && usable(candidate),
  );
  return key ?? spokesman(endpoint);
}

/** Throws where the account's secret can't be read. */
function requireCredential(account: CompiledAccount): void {
  const { credential } = account;
  if (credential.state === 'locked') throw new VaultError('locked', credential.reason);
  if (credential.state === 'missing')
    throw new UnavailableError(`The key of account "${account.name || account.id}": ${credential.reason}`);
}

export function endpointCheckHandlers(os: ControlImplementer, deps: ControlDeps) {
  interface Trial {
    endpoint: CompiledEndpoint;
    accounts: readonly CompiledAccount[];
    model: string | null;
  }

  interface Asked extends EndpointEdit {
    id: string;
    accountId?: string | undefined;
    model?: string | undefined;
  }

  /** As it is in force, or as it would be with the edit: where a key may travel is decided as if it were saved. */
  async function endpointOf({ id, patch, secrets }: Asked): Promise<CompiledEndpoint> {
    if (!patch && !secrets) return compiledEndpoint(deps.snapshots.current, id);
    const edited = await deps.config.foresee((settings) =>
      patchEndpoint(endpointIn(settings, id), patch ?? {}, secrets ?? {}),
    );
    return compiledEndpoint(edited, id);
  }

  async function saved(input: Asked): Promise<Trial> {
    const endpoint = await endpointOf(input);
    const account =
      input.accountId === undefined ? spokesman(endpoint) : compiledAccount(endpoint, input.accountId);
    requireCredential(account);
    return { endpoint, accounts: [account], model: input.model ?? null };
  }

  async function pool(input: Asked): Promise<Trial> {
    const endpoint = await endpointOf(input);
    const accounts = endpoint.accounts.filter(({ enabled }) => enabled);
    if (accounts.length === 0)
      throw new UnavailableError(`Endpoint "${endpoint.id}" has no account that is on.`);
    return { endpoint, accounts, model: input.model ?? null };
  }

  function draft(input: EndpointInput): Trial {
    const { endpoint, account } = compileDraft(input);
    if (account.credential.state === 'ready') deps.redactor.add(account.credential.secret);
    for (const { secret } of hiddenSpots({ ...input, id: endpoint.id, accounts: [] }))
      if (typeof secret === 'string') for (const text of secretTexts(secret)) deps.redactor.add(text);
    return { endpoint, accounts: [account], model: null };
  }

  /** Upstreams like to quote the key they refuse, and a certificate may say anything. */
  function redacted(event: CheckEvent): CheckEvent {
    if (event.type !== 'step') return event;
    const { redact } = deps.redactor;
    const { step } = event;
    const facts = Object.fromEntries(Object.entries(step.facts).map(([name, fact]) => [name, redact(fact)]));
    const said = step.said === null ? null : redact(step.said);
    return { ...event, step: { ...step, facts, said, detail: redact(step.detail) } };
  }

  /** Everything at once, when all is over. */
  async function report({ endpoint, accounts, model }: Trial, signal?: AbortSignal): Promise<CheckReport> {
    const found: CheckReport = { ok: false, steps: [], models: [] };
    await deps.probe.diagnose(endpoint, accounts, {
      model,
      signal,
      tell(told) {
        const event = redacted(told);
        if (event.type === 'step' && event.step.state !== 'running') found.steps.push(event.step);
        if (event.type === 'account') Object.assign(found, { ok: event.ok, models: event.models });
      },
    });
    return found;
  }

  /** Step by step; who leaves ends it, requests on their way included. */
  function told({ endpoint, accounts, model }: Trial, signal?: AbortSignal): AsyncGenerator<CheckEvent> {
    return createPushStream<CheckEvent>(
      ({ push, finish }) => {
        const left = new AbortController();
        const tell = (event: CheckEvent): void => push(redacted(event));
        void deps.probe
          .diagnose(endpoint, accounts, { model, tell, signal: left.signal })
          .catch((error: Error) =>
            deps.log.error('a diagnosis failed', { endpoint: endpoint.id, error: error.stack ?? '' }),
          )
          .finally(finish);
        return () => left.abort();
      },
      { signal },
    );
  }

  return {
    check: os.endpoints.check.handler(async ({ input, signal }) => report(await saved(input), signal)),
    checkDraft: os.endpoints.checkDraft.handler(({ input, signal }) => report(draft(input), signal)),
    diagnose: os.endpoints.diagnose.handler(async ({ input, signal }) =>
      told(await (input.all ? pool(input) : saved(input)), signal),
    ),
    diagnoseDraft: os.endpoints.diagnoseDraft.handler(({ input, signal }) => told(draft(input), signal)),
    fetchModels: os.endpoints.fetchModels.handler(async ({ input, signal }) => {
      const endpoint = compiledEndpoint(deps.snapshots.current, input.id);
      const account = librarian(endpoint);
      requireCredential(account);
      const listings = await deps.probe.listModels(endpoint, account, signal);
      deps.modelLists.set(endpoint.id, listings);
      deps.liveBus.publish({ name: 'endpoints' });
      return { models: listings.map(({ id }) => id) };
    }),
  };
}
