import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
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

/**
 * An id nobody has a name for, as long as one may be on its way: nothing. What a list that was asked for since does not name
 * either is its own name, and stays it while the list is asked for again.
 */
function useUnnamed(asking: boolean): (id: string | null) => string {
  const known = useRef(new Set<string>());
  return useCallback(
    (id) => {
      if (id === null || (asking && !known.current.has(id))) return '';
      known.current.add(id);
      return id;
    },
    [asking],
  );
}

/** What ids are called. What was removed is named as it was, and marked; where nobody knows how, its id is its name. */
export function useNames(): Names {
  const { t } = useTranslation();
  const operations = useOperations();
  const { data: endpoints, isFetching: fetchesEndpoints } = useQuery(
    operations.endpoints.list.queryOptions(),
  );
  const { data: keys, isFetching: fetchesKeys } = useQuery(operations.clientKeys.list.queryOptions());
  const { data: former, isFetching: fetchesFormer } = useQuery(operations.usage.names.queryOptions());
  const unnamed = useUnnamed(fetchesEndpoints || fetchesKeys || fetchesFormer);
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
        return found ? endpointName(found, t) : (formerly('endpoint', id) ?? unnamed(id));
      },
      account(endpointId, accountId) {
        const account = endpointOf(endpointId)?.accounts.find(({ id }) => id === accountId);
        if (account) return accountName(account);
        return formerly('account', `${endpointId}/${accountId}`) ?? unnamed(accountId);
      },
      clientKey: (id) =>
        id === windowKeyId
          ? t('trial.thisWindow')
          : keys?.find((key) => key.id === id)?.name ||
            formerly('clientKey', id) ||
            (id ? unnamed(id) : t('keys.unknown')),
    };
  }, [endpoints, keys, former, unnamed, t]);
}
