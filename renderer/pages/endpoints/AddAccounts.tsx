import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useSession } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { endpointName } from '../../components/endpointName.ts';
import { useLeaveForm } from '../../components/useLeaveForm.ts';
import { CredentialFields } from './CredentialFields.tsx';
import {
  accountsOf,
  type Credentials,
  credentialsOf,
  halfLogins,
  hasLogins,
  noCredentials,
} from './credentials.ts';
import { implicitAccountId } from './implicitAccountId.ts';

/** Takes many accounts at once. Those that were saved leave the form, so that a failure in the middle doubles none. */
export function AddAccounts({
  endpoint,
  opened,
  onClose,
}: {
  endpoint: EndpointView;
  opened: boolean;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { client, queryClient, operations } = useSession();
  const [credentials, setCredentials] = useState<Credentials>(noCredentials);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const there = endpoint.accounts.filter(({ id }) => id !== implicitAccountId);
  const emails = new Set(there.map(({ email }) => email?.toLowerCase()));
  const found = accountsOf(endpoint.kind, credentials);
  // A list pasted a second time brings only what is new.
  const accounts = found.filter(({ email }) => !email || !emails.has(email.toLowerCase()));
  const name = endpointName(endpoint, t);
  const many = hasLogins(endpoint.kind);

  function close() {
    setCredentials(noCredentials);
    setError(null);
    onClose();
  }

  const form = useLeaveForm(opened, close);

  async function save() {
    setBusy(true);
    setError(null);
    let saved = 0;
    try {
      for (const account of accounts) {
        await client.accounts.add({ id: endpoint.id, account });
        saved += 1;
      }
      close();
    } catch (failure) {
      setCredentials(credentialsOf(accounts.slice(saved)));
      setError(errorWords(failure, t));
    }
    void queryClient.invalidateQueries({ queryKey: operations.endpoints.list.key() });
    setBusy(false);
  }

  return (
    <Modal
      opened={opened}
      onClose={form.leave}
      title={many ? t('accounts.addTo', { name }) : t('endpoints.addKeysTo', { name })}
    >
      <form
        className={dialog.form}
        onChange={form.onChange}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <CredentialFields
          kind={endpoint.kind}
          value={credentials}
          onChange={(change) => setCredentials((earlier) => ({ ...earlier, ...change }))}
          preset={null}
          error={error ?? undefined}
          existing={there.length}
          rows={many ? 3 : 5}
          autoFocus
        />
        {found.length > accounts.length && (
          <p className={dialog.note} role="status">
            {t('login.there', { count: found.length - accounts.length })}
          </p>
        )}
        <div className={dialog.actions}>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button
            type="submit"
            loading={busy}
            disabled={accounts.length === 0 || halfLogins(endpoint.kind, credentials) > 0}
          >
            {many
              ? t('accounts.addCount', { count: accounts.length })
              : t('endpoints.addCount', { count: accounts.length })}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
