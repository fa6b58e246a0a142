// Asks upstreams about themselves, outside the traffic of clients. A draft is tried without touching settings or vault.
import type { CheckReport } from '../../contract/schemas/views.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import { VaultError } from '../../store/vault.ts';
import { compileDraft } from '../compileDraft.ts';
import { UnavailableError } from '../controlErrors.ts';
import type { ControlDeps } from '../deps.ts';
import type { ControlImplementer } from '../implementer.ts';
import { compiledAccount, compiledEndpoint } from '../lookUp.ts';

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
  /** Upstreams like to quote the key they refuse. */
  function redacted(report: CheckReport): CheckReport {
    const steps = report.steps.map((step) => ({ ...step, detail: deps.redactor.redact(step.detail) }));
    return { ...report, steps };
  }

  return {
    check: os.endpoints.check.handler(async ({ input, signal }) => {
      const endpoint = compiledEndpoint(deps.snapshots.current, input.id);
      const account =
        input.accountId === undefined ? spokesman(endpoint) : compiledAccount(endpoint, input.accountId);
      requireCredential(account);
      return redacted(await deps.probe.check(endpoint, account, input.model ?? null, signal));
    }),
    checkDraft: os.endpoints.checkDraft.handler(async ({ input, signal }) => {
      const { endpoint, account } = compileDraft(input);
      if (account.credential.state === 'ready') deps.redactor.add(account.credential.secret);
      return redacted(await deps.probe.check(endpoint, account, null, signal));
    }),
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
