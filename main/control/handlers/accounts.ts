import { nextAccountId } from '../../base/uniqueId.ts';
import type { ControlDeps } from '../deps.ts';
import { given } from '../given.ts';
import { idsOnRecord } from '../idsOnRecord.ts';
import type { ControlImplementer } from '../implementer.ts';
import { accountIn, compiledAccount, compiledEndpoint, endpointIn } from '../lookUp.ts';
import { newAccount } from '../newEndpoint.ts';
import { type PutBack, putBackAccount } from '../putBack.ts';
import type { RemovedItems } from '../removedItems.ts';
import { showAccount } from '../showEndpoint.ts';

export function accountHandlers(os: ControlImplementer, deps: ControlDeps, removed: RemovedItems) {
  return {
    add: os.accounts.add.handler(async ({ input }) => {
      let accountId = '';
      const past = (await idsOnRecord(deps)).accountsOf(input.id);
      await deps.config.edit((draft) => {
        const { accounts } = endpointIn(draft, input.id);
        accountId = nextAccountId([...past, ...accounts.map((account) => account.id)]);
        accounts.push(newAccount(accountId, input.account));
      });
      // The id may have been another's before; its refusals are not this one's.
      deps.accountStates.clear(`${input.id}/${accountId}`);
      return showAccount(deps, input.id, accountId);
    }),
    update: os.accounts.update.handler(async ({ input }) => {
      const { secret, email } = input.patch;
      let renewed = secret !== undefined;
      await deps.config.edit((draft) => {
        const account = accountIn(draft, input.id, input.accountId);
        renewed ||= email !== undefined && email !== account.email;
        Object.assign(account, given(input.patch));
      });
      // Another credential is not to blame for what the one before went through.
      if (renewed) deps.accountStates.clear(`${input.id}/${input.accountId}`);
      return showAccount(deps, input.id, input.accountId);
    }),
    remove: os.accounts.remove.handler(async ({ input }) => {
      let putBack: PutBack = () => {};
      await deps.config.edit((draft) => {
        putBack = putBackAccount(draft, deps.config.reveal, input);
        const endpoint = endpointIn(draft, input.id);
        endpoint.accounts = endpoint.accounts.filter((account) => account.id !== input.accountId);
      });
      return { ok: true as const, undo: removed.keep(putBack) };
    }),
    clear: os.accounts.clear.handler(({ input }) => {
      const endpoint = compiledEndpoint(deps.snapshots.current, input.id);
      deps.accountStates.clear(compiledAccount(endpoint, input.accountId).key);
      deps.liveBus.publish({ name: 'endpoints' });
      return showAccount(deps, input.id, input.accountId);
    }),
  };
}
