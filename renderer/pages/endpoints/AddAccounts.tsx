import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useSession } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { endpointName } from '../../components/endpointName.ts';
import classes from './EndpointDrawer.module.css';
import { type PastedAccount, parseKeyLines } from './parseKeyLines.ts';

/** Takes many keys at once. Those that were saved leave the field, so that a failure in the middle doubles none. */
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
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const accounts = parseKeyLines(text);

  function close() {
    setText('');
    setError(null);
    onClose();
  }

  const lineOf = ({ name, email, secret }: PastedAccount) =>
    email ? `${email}:${secret}` : name ? `${name} = ${secret}` : secret;

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
      setText(accounts.slice(saved).map(lineOf).join('\n'));
      setError(errorWords(failure, t));
    }
    void queryClient.invalidateQueries({ queryKey: operations.endpoints.list.key() });
    setBusy(false);
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('endpoints.addKeysTo', { name: endpointName(endpoint, t) })}
    >
      <form
        className={dialog.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Textarea
          label={t('endpoints.keys')}
          classNames={{ input: classes.keys }}
          description={
            accounts.length > 0
              ? t('endpoints.keysFound', { count: accounts.length })
              : t('endpoints.keysNote')
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={error}
          rows={5}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
        <div className={dialog.actions}>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={accounts.length === 0}>
            {t('endpoints.addCount', { count: accounts.length })}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
