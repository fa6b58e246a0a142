import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AccountView, EndpointView } from '../../../main/contract/schemas/views.ts';
import { wrongPairReason } from '../../../main/contract/wrongPairReason.ts';
import { useOperations } from '../../api/session.ts';
import { accountName, maskEmail } from '../../components/accountName.ts';
import { accountStateWords } from '../../components/accountStateWords.ts';
import { accountTone } from '../../components/accountTone.ts';
import { attemptWords } from '../../components/attemptWords.ts';
import { BackIn } from '../../components/BackIn.tsx';
import { RowMenu } from '../../components/RowMenu.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { Until } from '../../components/Until.tsx';
import classes from './AccountList.module.css';
import { hasLogins } from './credentials.ts';
import { EditAccount } from './EditAccount.tsx';
import { implicitAccountId } from './implicitAccountId.ts';
import { QuotaBars } from './QuotaBars.tsx';
import type { AccountPace } from './useAccountPace.ts';

interface Props {
  endpoint: EndpointView;
  onCheck(accountId: string): void;
  /** The account whose form is open. */
  editing: string | null;
  onEdit(accountId: string | null): void;
  /** What it used within the last hour; null while that is not known. */
  paceOf(accountId: string): AccountPace | null;
}

/** The accounts of one endpoint: how each stands, how much of its limits is used, and what to do about it. */
export function AccountList({ endpoint, onCheck, editing, onEdit, paceOf }: Props) {
  const edited = endpoint.accounts.find((account) => account.id === editing) ?? null;
  return (
    <>
      <ul className={classes.list}>
        {endpoint.accounts.map((account) => (
          <AccountRow
            key={account.id}
            endpoint={endpoint}
            account={account}
            onCheck={() => onCheck(account.id)}
            onEdit={() => onEdit(account.id)}
            pace={paceOf(account.id)}
          />
        ))}
      </ul>
      <EditAccount endpoint={endpoint} account={edited} onClose={() => onEdit(null)} />
    </>
  );
}

interface RowProps {
  endpoint: EndpointView;
  account: AccountView;
  onCheck(): void;
  onEdit(): void;
  pace: AccountPace | null;
}

function AccountRow({ endpoint, account, onCheck, onEdit, pace }: RowProps) {
  const { t } = useTranslation();
  const { accounts } = useOperations();
  const clear = useMutation(accounts.clear.mutationOptions());
  const update = useMutation(accounts.update.mutationOptions());
  const name = accountName(account);
  const remove = useMutation(accounts.remove.mutationOptions({ meta: { removes: name } }));
  const ids = { id: endpoint.id, accountId: account.id };
  const implicit = account.id === implicitAccountId;
  const held =
    account.state === 'cooling' ||
    account.state === 'open' ||
    account.state === 'refused' ||
    account.state === 'exhausted';

  return (
    <li className={classes.row}>
      <StateMark tone={accountTone[account.state]} />
      <div className={classes.who}>
        <span
          className={name === account.secret.mask ? classes.onlyMask : classes.name}
          title={account.email}
        >
          {implicit ? t('accounts.implicit') : name}
        </span>
        <Credential endpoint={endpoint} account={account} name={name} />
      </div>
      <div className={classes.state}>
        <span>
          {accountStateWords(account, t)}
          {account.until !== null && (
            <>
              {' · '}
              <BackIn
                time={account.until}
                again={account.state === 'refused' || account.state === 'exhausted'}
              />
            </>
          )}
        </span>
        {account.reason && account.state !== 'limited' && (
          <span className={classes.reason} title={account.reason}>
            {account.reason === wrongPairReason
              ? t('login.wrongPair')
              : (attemptWords(account.reason, t) ?? account.reason)}
          </span>
        )}
        {account.holds.map((hold) => (
          <span key={hold.model} className={classes.reason}>
            {t('accounts.hold', { model: hold.model, state: t(`hold.${hold.state}`) })}
            {hold.until !== null && (
              <>
                {' · '}
                <Until time={hold.until} />
              </>
            )}
            {hold.state === 'missing' && hold.reason && <q className={classes.said}>{hold.reason}</q>}
          </span>
        ))}
      </div>
      <div className={classes.quota}>
        <QuotaBars account={account} day={endpoint.quotaDay} pace={pace} />
      </div>
      <div className={classes.actions}>
        {(held || account.holds.length > 0) && (
          <Button size="xs" variant="default" loading={clear.isPending} onClick={() => clear.mutate(ids)}>
            {t('accounts.clear')}
          </Button>
        )}
        {!implicit && (
          <RowMenu name={name} onRemove={() => remove.mutate(ids)}>
            <Menu.Item onClick={onCheck}>{t('endpoints.test')}</Menu.Item>
            <Menu.Item onClick={onEdit}>{t('action.edit')}</Menu.Item>
            <Menu.Item onClick={() => update.mutate({ ...ids, patch: { enabled: !account.enabled } })}>
              {account.enabled ? t('action.switchOff') : t('action.switchOn')}
            </Menu.Item>
          </RowMenu>
        )}
      </div>
    </li>
  );
}

/** What the name does not say yet: which type of account it is where a kind has two, and the end of its key. */
function Credential({
  endpoint,
  account,
  name,
}: {
  endpoint: EndpointView;
  account: AccountView;
  name: string;
}) {
  const { t } = useTranslation();
  const { mask } = account.secret;
  if (account.email) {
    return (
      <span className={classes.mask}>
        {t('login.type')}
        {account.name && ` · ${maskEmail(account.email)}`}
      </span>
    );
  }
  return (
    <>
      {hasLogins(endpoint.kind) && mask && <span className={classes.mask}>{t('accounts.keyType')}</span>}
      {mask && mask !== name && <code className={classes.mask}>{mask}</code>}
    </>
  );
}
