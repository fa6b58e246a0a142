import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AccountView, EndpointView } from '../../main/contract/schemas/views.ts';
import { useOperations } from '../api/session.ts';
import { accountName } from './accountName.ts';
import { endpointName } from './endpointName.ts';
import { ProblemRow } from './ProblemRow.tsx';

/** The words for states that do not end by themselves. */
const words = {
  refused: 'trouble.refused',
  exhausted: 'trouble.exhausted',
  locked: 'trouble.locked',
  missing: 'trouble.missing',
} as const;

const loginWords = {
  ...words,
  refused: 'login.trouble.refused',
  locked: 'login.trouble.locked',
  missing: 'login.trouble.missing',
} as const;

export function AccountTrouble({ endpoint, account }: { endpoint: EndpointView; account: AccountView }) {
  const { t } = useTranslation();
  const clear = useMutation(useOperations().accounts.clear.mutationOptions());
  const state = account.state as keyof typeof words;
  const mayRetry = state === 'refused' || state === 'exhausted';
  return (
    <ProblemRow
      tone="bad"
      actions={
        <>
          {mayRetry && (
            <Button
              size="xs"
              variant="default"
              loading={clear.isPending}
              onClick={() => clear.mutate({ id: endpoint.id, accountId: account.id })}
            >
              {t('action.tryAgain')}
            </Button>
          )}
          <Button size="xs" variant="default" component={Link} href={`/endpoints/${endpoint.id}`}>
            {t('action.look')}
          </Button>
        </>
      }
    >
      {t((account.email ? loginWords : words)[state], {
        endpoint: endpointName(endpoint, t),
        account: account.email ? accountName(account) : (account.secret.mask ?? accountName(account)),
      })}
    </ProblemRow>
  );
}
