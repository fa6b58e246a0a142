import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { splitRules } from '../../../main/contract/modelRules.ts';
import type { Mend } from '../../../main/contract/schemas/check.ts';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { TermsNote } from '../../components/TermsNote.tsx';
import { AccountList } from './AccountList.tsx';
import { AddAccounts } from './AddAccounts.tsx';
import { hasLogins } from './credentials.ts';
import { DoctorReport } from './DoctorReport.tsx';
import classes from './EndpointDetail.module.css';
import type { FormStart } from './EndpointForm.tsx';
import { changesOrigin, updateInputOf, valuesOfEndpoint } from './endpointForm.ts';
import { InactiveNames } from './InactiveNames.tsx';
import { implicitAccountId } from './implicitAccountId.ts';
import { mendValues } from './mendValues.ts';
import { OptionFacts } from './OptionFacts.tsx';
import { presetOf } from './providerUrl.ts';
import { useAccountPace } from './useAccountPace.ts';
import { useDoctor } from './useDoctor.ts';

/** As many names as are read at a glance; the rest is counted. */
const shownModels = 24;

interface Props {
  endpoint: EndpointView;
  onEdit(start?: FormStart): void;
}

/** What stands behind one row: its accounts, what it serves, and whether it works. */
export function EndpointDetail({ endpoint, onEdit }: Props) {
  const { t } = useTranslation();
  const { endpoints, accounts } = useOperations();
  const update = useMutation(endpoints.update.mutationOptions());
  const updateAccount = useMutation(accounts.update.mutationOptions());
  const fetchModels = useMutation(endpoints.fetchModels.mutationOptions({ meta: { quiet: true } }));
  const presets = useQuery(endpoints.presets.queryOptions());
  const doctor = useDoctor();
  const [adding, setAdding] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const paced = endpoint.accounts.some(({ effectiveLimits: { rpd, tpd } }) => rpd > 0 || tpd > 0);
  const paceOf = useAccountPace(endpoint.id, paced);
  const inactive = new Set(endpoint.inactive.map(({ name }) => name));
  const mapping = Object.entries(endpoint.modelMapping).filter(([name]) => !inactive.has(name));
  const inUse = endpoint.accounts.filter(({ enabled }) => enabled);
  const pooled = endpoint.accounts.length > 1 || endpoint.accounts.some(({ email }) => email !== undefined);
  const models = endpoint.servedModels;
  const { excluded } = splitRules(endpoint.models);

  /** Done at once where all is said, else in the form or the account it belongs to. */
  function mend(what: Mend, account: string | null) {
    const owner = account === null || account === implicitAccountId ? null : account;
    if (what.do === 'replace-key') {
      if (owner) setEditing(owner);
      else setAdding(true);
      return;
    }
    const values = valuesOfEndpoint(endpoint);
    const { change, focus } = mendValues(what, values);
    const next = { ...values, ...change };
    // Another server takes the keys away: that is to be seen before it is saved.
    if (focus || changesOrigin(endpoint, next)) {
      onEdit({ change, focus });
      return;
    }
    const again = doctor.target;
    update.mutate(updateInputOf(endpoint, next), { onSuccess: () => again && doctor.start(again) });
  }

  async function switchOff(ids: string[]) {
    for (const accountId of ids)
      await updateAccount.mutateAsync({ id: endpoint.id, accountId, patch: { enabled: false } });
  }

  return (
    <div className={classes.detail}>
      <AccountList
        endpoint={endpoint}
        onCheck={(accountId) => doctor.start({ id: endpoint.id, accountId })}
        editing={editing}
        onEdit={setEditing}
        paceOf={paceOf}
      />
      {hasLogins(endpoint.kind) && pooled && <TermsNote />}
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          disabled={doctor.running}
          onClick={() => doctor.start({ id: endpoint.id })}
        >
          {t('endpoints.test')}
        </Button>
        {inUse.length > 1 && (
          <Button
            size="xs"
            variant="default"
            disabled={doctor.running}
            onClick={() => doctor.start({ id: endpoint.id, all: true })}
          >
            {t('doctor.testAll')}
          </Button>
        )}
        {!endpoint.isDemo && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {hasLogins(endpoint.kind) ? t('accounts.add') : t('endpoints.addKeys')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => onEdit()}>
          {t('action.edit')}
        </Button>
      </div>
      <DoctorReport
        doctor={doctor}
        baseUrl={endpoint.baseUrl}
        accounts={endpoint.accounts}
        providerUrl={presetOf(presets.data ?? [], endpoint.baseUrl)?.keysUrl ?? null}
        onMend={mend}
        onSwitchOff={(ids) => void switchOff(ids).catch(() => undefined)}
      />
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
        {excluded.length > 0 && (
          <>
            <dt>{t('endpoints.leftOut')}</dt>
            <dd>
              <ul className={classes.models}>
                {excluded.map((pattern) => (
                  <li key={pattern}>
                    <code>{pattern}</code>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
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
