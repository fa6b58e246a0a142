import { Button, Modal, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, EndpointView } from '../../../main/contract/schemas/views.ts';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { otherFields } from '../../components/changedFields.ts';
import dialog from '../../components/Dialog.module.css';
import { limitKinds } from '../../components/endpointStanding.ts';
import { LimitInputs } from '../../components/LimitInputs.tsx';
import { type LimitFields, limitFieldsOf } from '../../components/limitFields.ts';
import { sortIssues } from '../../components/serverIssues.ts';
import { useLeaveForm } from '../../components/useLeaveForm.ts';

interface Props {
  endpoint: EndpointView;
  /** Null while closed. */
  account: AccountView | null;
  onClose(): void;
}

export function EditAccount({ endpoint, account, onClose }: Props) {
  const { t } = useTranslation();
  const form = useLeaveForm(account !== null, onClose);
  return (
    <Modal
      opened={account !== null}
      onClose={form.leave}
      title={account?.email ? t('login.edit') : t('accounts.edit')}
    >
      {account && (
        <div onChange={form.onChange}>
          <AccountForm endpoint={endpoint} account={account} onClose={onClose} />
        </div>
      )}
    </Modal>
  );
}

/** A new key replaces the stored one; an empty field keeps it. Empty limits are the endpoint's. */
function AccountForm({ endpoint, account, onClose }: Props & { account: AccountView }) {
  const { t } = useTranslation();
  const update = useMutation(
    useOperations().accounts.update.mutationOptions({ meta: { quiet: true }, gcTime: 0 }),
  );
  const [before] = useState(account);
  const [name, setName] = useState(account.name);
  const [email, setEmail] = useState(account.email ?? '');
  const [secret, setSecret] = useState('');
  const [weight, setWeight] = useState<number | ''>(account.weight);
  const [limits, setLimits] = useState(() => limitFieldsOf(account.limits));
  const issues = sortIssues(issuesOf(update.error), ['name', 'email', 'secret', 'weight', 'limits'], t);
  const other =
    update.error && issuesOf(update.error).length === 0
      ? errorWords(update.error, t)
      : issues.rest.join('; ');

  const login = account.email !== undefined;
  const typed = login ? secret : secret.trim();

  function ownLimits(fields: LimitFields) {
    const own = limitKinds.flatMap((kind) => {
      if (fields[kind] !== '') return [[kind, fields[kind]] as const];
      // "No limit of its own although the endpoint has one" can only be written by hand; it stays.
      return before.limits[kind] === -1 ? [[kind, -1] as const] : [];
    });
    return Object.fromEntries(own);
  }

  function save() {
    const began = {
      name: before.name,
      weight: before.weight,
      limits: ownLimits(limitFieldsOf(before.limits)),
    };
    const now = { name: name.trim(), weight: weight === '' ? 1 : weight, limits: ownLimits(limits) };
    update.mutate(
      {
        id: endpoint.id,
        accountId: account.id,
        patch: {
          // What was changed elsewhere meanwhile stays.
          ...otherFields(began, now),
          ...(login && email.trim() !== before.email ? { email: email.trim() } : {}),
          // A password may well begin or end with a space; a key does not.
          ...(typed ? { secret: typed } : {}),
        },
      },
      { onSuccess: onClose },
    );
  }

  return (
    <form
      className={dialog.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        label={t('accounts.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={issues.fields.name}
        autoComplete="off"
        data-autofocus
      />
      {login && (
        <TextInput
          label={t('login.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={email.trim() ? issues.fields.email : t('issue.empty')}
          inputMode="email"
          spellCheck={false}
          autoComplete="off"
        />
      )}
      <PasswordInput
        label={login ? t('accounts.newPassword') : t('accounts.newKey')}
        placeholder={account.secret.mask ?? ''}
        description={t('accounts.newKeyNote')}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        error={issues.fields.secret}
        autoComplete="new-password"
      />
      <LimitInputs
        value={limits}
        onChange={setLimits}
        errors={{ rpm: issues.fields.limits ?? '' }}
        placeholder={t('accounts.inherited')}
      />
      <NumberInput
        label={t('endpoints.weight')}
        value={weight}
        onChange={(value) => setWeight(typeof value === 'number' ? value : '')}
        error={issues.fields.weight}
        min={0}
        allowNegative={false}
      />
      {other && (
        <p className={dialog.note} role="alert">
          {other}
        </p>
      )}
      <div className={dialog.actions}>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={update.isPending} disabled={login && !email.trim()}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}
