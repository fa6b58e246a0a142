import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormerName } from '../../main/contract/schemas/usage.ts';
import { windowKeyId } from '../../main/contract/windowKey.ts';
import { useOperations } from '../api/session.ts';
import { accountName } from './accountName.ts';
import { endpointName } from './endpointName.ts';

export interface Names {
  endpoint(id: string | null): string;
  account(endpointId: string | null, accountId: string | null): string;
  clientKey(id: string): string;
}

/** What ids are called. What was removed is named as it was, and marked; where nobody knows how, its id is its name. */
export function useNames(): Names {
  const { t } = useTranslation();
  const operations = useOperations();
  const endpoints = useQuery(operations.endpoints.list.queryOptions()).data;
  const keys = useQuery(operations.clientKeys.list.queryOptions()).data;
  const former = useQuery(operations.usage.names.queryOptions()).data;
  return useMemo(() => {
    const endpointOf = (id: string | null) => endpoints?.find((endpoint) => endpoint.id === id);
    const gone = new Map(former?.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
    const formerly = (kind: FormerName['kind'], id: string | null): string | null => {
      const name = gone.get(`${kind} ${id}`);
      if (name === undefined) return null;
      // Only the demo's own name is put in the user's language.
      const shown = kind === 'endpoint' ? endpointName({ id: '', name, isDemo: true }, t) : name;
      return t('names.gone', { name: shown });
    };
    return {
      endpoint(id) {
        const found = endpointOf(id);
        return found ? endpointName(found, t) : (formerly('endpoint', id) ?? id ?? '');
      },
      account(endpointId, accountId) {
        const account = endpointOf(endpointId)?.accounts.find(({ id }) => id === accountId);
        if (account) return accountName(account);
        return formerly('account', `${endpointId}/${accountId}`) ?? accountId ?? '';
      },
      clientKey: (id) =>
        id === windowKeyId
          ? t('trial.thisWindow')
          : keys?.find((key) => key.id === id)?.name || formerly('clientKey', id) || id || t('keys.unknown'),
    };
  }, [endpoints, keys, former, t]);
}
