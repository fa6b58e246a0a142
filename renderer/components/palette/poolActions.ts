// What the palette does to all accounts at once, told by one notice that follows it.
import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { AccountView, EndpointView } from '../../../main/contract/schemas/views.ts';
import type { Operations } from '../../api/operations.ts';
import { runAction } from '../../api/runAction.ts';
import { accountName } from '../accountName.ts';
import { endpointName } from '../endpointName.ts';
import { showToast } from '../toast.tsx';

export interface PoolDeps {
  queryClient: QueryClient;
  operations: Operations;
  t: TFunction;
  endpoints: readonly EndpointView[];
  /** Opens the page of the endpoints. */
  look(): void;
}

const accountsIn = (endpoints: readonly EndpointView[]) =>
  endpoints.flatMap((endpoint) =>
    endpoint.enabled
      ? endpoint.accounts.filter(({ enabled }) => enabled).map((account) => ({ endpoint, account }))
      : [],
  );

/** One after the other, so that no provider sees a burst. */
export async function testAccounts({ queryClient, operations, t, endpoints, look }: PoolDeps): Promise<void> {
  const all = accountsIn(endpoints);
  const subject = 'test';
  const failed: string[] = [];
  for (const [index, { endpoint, account }] of all.entries()) {
    const name = `${endpointName(endpoint, t)} · ${accountName(account)}`;
    const text = t('palette.testing', { name, place: index + 1, all: all.length });
    showToast({ subject, text, progress: index / all.length });
    const input = { id: endpoint.id, ...(account.secret.source === 'none' ? {} : { accountId: account.id }) };
    const report = await runAction(
      queryClient,
      operations.endpoints.check.mutationOptions({ meta: { quiet: true } }),
      input,
    ).catch(() => null);
    if (!report?.ok) failed.push(name);
  }
  const action = { label: t('action.look'), run: look };
  if (all.length === 0) showToast({ subject, text: t('palette.nothingToTest'), action });
  else if (failed.length === 0) showToast({ subject, text: t('palette.allWork', { count: all.length }) });
  else
    showToast({
      subject,
      text: t('palette.someFail', {
        count: failed.length,
        all: all.length,
        names: failed.slice(0, 3).join(', '),
      }),
      tone: 'bad',
      action,
    });
}

const isHeld = ({ state, holds }: AccountView) =>
  holds.length > 0 || ['cooling', 'open', 'refused', 'exhausted'].includes(state);

export async function clearCooldowns({ queryClient, operations, t, endpoints }: PoolDeps): Promise<void> {
  const held = accountsIn(endpoints).filter(({ account }) => isHeld(account));
  const cleared = await Promise.allSettled(
    held.map(({ endpoint, account }) =>
      runAction(queryClient, operations.accounts.clear.mutationOptions(), {
        id: endpoint.id,
        accountId: account.id,
      }),
    ),
  );
  const count = cleared.filter(({ status }) => status === 'fulfilled').length;
  showToast({
    subject: 'clear',
    text: held.length === 0 ? t('palette.nothingHeld') : t('palette.cleared', { count }),
  });
}
