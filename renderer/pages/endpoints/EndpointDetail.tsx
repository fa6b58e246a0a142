import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { accountName } from '../../components/accountName.ts';
import { TermsNote } from '../../components/TermsNote.tsx';
import { AccountList } from './AccountList.tsx';
import { AddAccounts } from './AddAccounts.tsx';
import { CheckSteps } from './CheckSteps.tsx';
import { hasLogins } from './credentials.ts';
import classes from './EndpointDetail.module.css';
import { InactiveNames } from './InactiveNames.tsx';
import { OptionFacts } from './OptionFacts.tsx';

/** As many names as are read at a glance; the rest is counted. */
const shownModels = 24;

/** What stands behind one row: its accounts, what it serves, and whether it works. */
export function EndpointDetail({ endpoint, onEdit }: { endpoint: EndpointView; onEdit(): void }) {
  const { t } = useTranslation();
  const { endpoints } = useOperations();
  const check = useMutation(endpoints.check.mutationOptions({ meta: { quiet: true } }));
  const fetchModels = useMutation(endpoints.fetchModels.mutationOptions({ meta: { quiet: true } }));
  const [adding, setAdding] = useState(false);
  const inactive = new Set(endpoint.inactive.map(({ name }) => name));
  const mapping = Object.entries(endpoint.modelMapping).filter(([name]) => !inactive.has(name));
  const checked = endpoint.accounts.find(({ id }) => id === check.variables?.accountId) ?? null;
  const pooled = endpoint.accounts.length > 1 || endpoint.accounts.some(({ email }) => email !== undefined);
  const models = endpoint.servedModels;

  return (
    <div className={classes.detail}>
      <AccountList
        endpoint={endpoint}
        onCheck={(accountId) => check.mutate({ id: endpoint.id, accountId })}
      />
      {hasLogins(endpoint.kind) && pooled && <TermsNote />}
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          loading={check.isPending}
          onClick={() => check.mutate({ id: endpoint.id })}
        >
          {t('endpoints.test')}
        </Button>
        {!endpoint.isDemo && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {hasLogins(endpoint.kind) ? t('accounts.add') : t('endpoints.addKeys')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onEdit}>
          {t('action.edit')}
        </Button>
      </div>
      {check.data && (
        <CheckSteps
          report={check.data}
          account={checked && accountName(checked)}
          login={checked?.email !== undefined}
        />
      )}
      {check.error && (
        <p className={classes.bad} role="alert">
          {errorWords(check.error, t)}
        </p>
      )}
      <dl className={classes.facts}>
        <dt>{t('endpoints.models')}</dt>
        <dd>
          {models.length > 0 ? (
            <ul className={classes.models}>
              {models.slice(0, shownModels).map((model) => (
                <li key={model}>
                  <code>{model}</code>
                </li>
              ))}
              {models.length > shownModels && (
                <li className={classes.quiet}>
                  {t('endpoints.moreModels', { count: models.length - shownModels })}
                </li>
              )}
            </ul>
          ) : (
            <p className={classes.quiet}>{t('endpoints.modelsUnknown')}</p>
          )}
          {endpoint.modelsFrom !== 'settings' && (
            <Button
              size="xs"
              variant="default"
              loading={fetchModels.isPending}
              onClick={() => fetchModels.mutate({ id: endpoint.id })}
            >
              {t('endpoints.fetchModels')}
            </Button>
          )}
          {fetchModels.error && (
            <p className={classes.bad} role="alert">
              {errorWords(fetchModels.error, t)}
            </p>
          )}
        </dd>
        <InactiveNames endpoint={endpoint} />
        {mapping.length > 0 && (
          <>
            <dt>{t('endpoints.mapping')}</dt>
            <dd>
              <ul className={classes.mapping}>
                {mapping.slice(0, shownModels).map(([from, to]) => (
                  <li key={from}>
                    <code>{from}</code>
                    <IconArrowRight size={13} className={classes.arrow} aria-label={t('endpoints.goesTo')} />
                    <code>{to}</code>
                  </li>
                ))}
                {mapping.length > shownModels && (
                  <li className={classes.quiet}>
                    {t('endpoints.moreModels', { count: mapping.length - shownModels })}
                  </li>
                )}
              </ul>
            </dd>
          </>
        )}
        <dt>{t('endpoints.kind')}</dt>
        <dd>{t(`kind.${endpoint.kind}`)}</dd>
        <dt>{t('endpoints.baseUrl')}</dt>
        <dd>
          <code>{endpoint.baseUrl}</code>
        </dd>
        <OptionFacts endpoint={endpoint} />
      </dl>
      <AddAccounts endpoint={endpoint} opened={adding} onClose={() => setAdding(false)} />
    </div>
  );
}
