import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { windowKeyId } from '../../main/contract/windowKey.ts';
import { useOperations } from '../api/session.ts';
import { accountName } from './accountName.ts';
import { endpointName } from './endpointName.ts';

export interface Names {
  endpoint(id: string | null): string;
  account(endpointId: string | null, accountId: string | null): string;
  clientKey(id: string): string;
}

/** What ids are called. What was removed keeps its id as its name. */
export function useNames(): Names {
  const { t } = useTranslation();
  const operations = useOperations();
  const endpoints = useQuery(operations.endpoints.list.queryOptions()).data;
  const keys = useQuery(operations.clientKeys.list.queryOptions()).data;
  return useMemo(() => {
    const endpointOf = (id: string | null) => endpoints?.find((endpoint) => endpoint.id === id);
    return {
      endpoint(id) {
        const found = endpointOf(id);
        return found ? endpointName(found, t) : (id ?? '');
      },
      account(endpointId, accountId) {
        const account = endpointOf(endpointId)?.accounts.find(({ id }) => id === accountId);
        return account ? accountName(account) : (accountId ?? '');
      },
      clientKey: (id) =>
        id === windowKeyId
          ? t('trial.thisWindow')
          : keys?.find((key) => key.id === id)?.name || id || t('keys.unknown'),
    };
  }, [endpoints, keys, t]);
}
