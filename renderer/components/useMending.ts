import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckCode, CheckReport } from '../../main/contract/schemas/check.ts';
import type { LimitUsage } from '../../main/contract/schemas/limits.ts';
import type { AccountView, EndpointView } from '../../main/contract/schemas/views.ts';
import { useSession } from '../api/session.ts';
import { useFormat } from '../format/useFormat.ts';
import { namedBy } from './mendsFor.ts';

export interface Mended {
  words: string;
  /** It did not help. */
  bad?: boolean;
  /** Null where there is nothing to take back. */
  undo: (() => Promise<unknown>) | null;
}

interface Place {
  endpoint: EndpointView;
  account: AccountView | null;
  model: string;
  upstreamModel: string | null;
}

/** The mends as calls. `mended` tells what the last one came to; undoing makes it null again. */
export function useMending({ endpoint, account, model, upstreamModel }: Place) {
  const { t } = useTranslation();
  const format = useFormat();
  const { client, operations } = useSession();
  const [mended, setMended] = useState<Mended | null>(null);
  const run = useMutation({
    // What accounts and endpoints show is asked for again, as after any action on them.
    mutationKey: operations.accounts.key(),
    mutationFn: (act: () => Promise<Mended | null>) => act(),
    onSuccess: setMended,
    meta: { quiet: true },
  });
  const { id } = endpoint;
  const ids = { id, accountId: account?.id ?? '' };

  function checked(report: CheckReport): Mended {
    const failed = report.steps.find(({ state }) => state === 'failed');
    const ms = report.steps.reduce((sum, step) => sum + step.ms, 0);
    if (!failed) return { words: t('mend.answers', { time: format.duration(ms) }), undo: null };
    // Which facts go with which code is the doctor's matter.
    const words = t as (key: `doctor.code.${CheckCode}`, facts: Record<string, string>) => string;
    const found = words(`doctor.code.${failed.code}`, failed.facts);
    return { words: failed.said ? `${found} ${failed.said}` : found, bad: true, undo: null };
  }

  const acts = {
    async clear() {
      await client.accounts.clear(ids);
      return { words: t('mend.cleared'), undo: null };
    },
    async endpointOn() {
      await client.endpoints.update({ id, patch: { enabled: true } });
      return {
        words: t('mend.endpointOn'),
        undo: () => client.endpoints.update({ id, patch: { enabled: false } }),
      };
    },
    async accountOn() {
      await client.accounts.update({ ...ids, patch: { enabled: true } });
      return {
        words: t('mend.accountOn'),
        undo: () => client.accounts.update({ ...ids, patch: { enabled: false } }),
      };
    },
    async accountOff() {
      await client.accounts.update({ ...ids, patch: { enabled: false } });
      return {
        words: t('mend.accountOff'),
        undo: () => client.accounts.update({ ...ids, patch: { enabled: true } }),
      };
    },
    async normal() {
      await client.gateway.setSpending({ mode: 'normal' });
      return { words: t('mend.normal'), undo: null };
    },
    async unlock() {
      await client.vault.retry();
      return { words: t('mend.unlocked'), undo: null };
    },
    async unname() {
      if (namedBy(endpoint, model) === 'mapping') {
        const old = endpoint.modelMapping[model] ?? null;
        await client.models.map({ endpointId: id, names: { [model]: null } });
        return {
          words: t('mend.unnamed', { model }),
          undo: () => client.models.map({ endpointId: id, names: { [model]: old } }),
        };
      }
      const { models } = endpoint;
      await client.endpoints.update({ id, patch: { models: models.filter((name) => name !== model) } });
      return {
        words: t('mend.unnamed', { model }),
        undo: () => client.endpoints.update({ id, patch: { models } }),
      };
    },
    async test() {
      const asked = {
        ...(account ? { accountId: account.id } : {}),
        ...(upstreamModel ? { model: upstreamModel } : {}),
      };
      return checked(await client.endpoints.check({ id, ...asked }));
    },
  } satisfies Record<string, () => Promise<Mended>>;

  return {
    mended,
    pending: run.isPending,
    error: run.error,
    act: (name: keyof typeof acts) => run.mutate(acts[name]),
    /** The account's own limit where it has one, else the endpoint's for each of its accounts. -1 is none. */
    setLimit(kind: keyof LimitUsage, value: number) {
      const own = account && account.limits[kind] !== undefined ? account : null;
      const set = (to: number): Promise<unknown> =>
        own
          ? client.accounts.update({ ...ids, patch: { limits: { ...own.limits, [kind]: to } } })
          : client.endpoints.update({ id, patch: { limits: { [kind]: to } } });
      const old = own?.limits[kind] ?? endpoint.limits[kind];
      run.mutate(async () => {
        await set(value);
        return { words: t('mend.limitSet'), undo: () => set(old) };
      });
    },
    setKey(secret: string) {
      run.mutate(async () => {
        await client.accounts.update({ ...ids, patch: { secret } });
        return { words: t('mend.keySet'), undo: null };
      });
    },
    undo() {
      const back = mended?.undo;
      if (back) run.mutate(async () => back().then(() => null));
    },
  };
}
