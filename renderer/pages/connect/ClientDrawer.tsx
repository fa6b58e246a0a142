import { Drawer, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { gatewayOrigin } from '../../components/gatewayOrigin.ts';
import { Loading } from '../../components/Loading.tsx';
import { ClientKey } from './ClientKey.tsx';
import { ClientLines } from './ClientLines.tsx';
import { ClientLink } from './ClientLink.tsx';
import { ClientTest } from './ClientTest.tsx';
import { ConnectionState } from './ConnectionState.tsx';
import { clientSite } from './clientSite.ts';
import type { Facts, KnownClient } from './clients.ts';
import { clientInWords, clientTitle } from './clientTitle.ts';
import { modelsFor } from './connection.ts';
import { likelyModel } from './likelyModel.ts';
import { openLink, opensSite } from './openLink.ts';
import { useClientKey } from './useClientKey.ts';
import { useConnection } from './useConnection.ts';

/** Slides in from the right: what one client must be told, and what we wait for. */
export function ClientDrawer({ client, onClose }: { client: KnownClient | null; onClose(): void }) {
  const { t } = useTranslation();
  const status = useQuery(useOperations().gateway.status.queryOptions());
  const title = client && clientTitle(client, t);
  return (
    <Drawer opened={client !== null} onClose={onClose} title={title} size={560}>
      {client && !status.data && <Loading error={status.error} />}
      {client && status.data && <ClientCard key={client.id} client={client} status={status.data} />}
    </Drawer>
  );
}

function ClientCard({ client, status }: { client: KnownClient; status: GatewayStatus }) {
  const { t } = useTranslation();
  const models = useQuery(useOperations().models.list.queryOptions()).data ?? [];
  const clientKey = useClientKey(client.name);
  const { key, secret } = clientKey;
  const name = clientInWords(client, t);
  const { latest, ...progress } = useConnection(key);
  const [chosen, setChosen] = useState<string | null>(null);
  const [site, setSite] = useState<string>(client.link?.site ?? '');
  const allowed = modelsFor(key ?? null, models).filter(({ use }) => use === 'chat');
  const model = allowed.find(({ id }) => id === chosen) ?? likelyModel(client.id, allowed);
  const facts: Omit<Facts, 'key'> = {
    origin: gatewayOrigin(status),
    model: model?.id ?? 'gpt-4o',
    contextTokens: model?.contextTokens ?? null,
  };
  const { link } = client;
  const place = link?.site ? clientSite(site) : '';
  /** Made at the moment of the click and kept nowhere: it holds the key. */
  const hrefWith = (given: string) =>
    link && place !== null ? link.href({ ...facts, key: given }, place) : null;
  const opens = Boolean(link) && place !== null && (place === '' || opensSite(place));

  function begun(given: string) {
    const href = opens ? hrefWith(given) : null;
    if (href) openLink(href);
  }

  return (
    <div className={dialog.form}>
      <p className={dialog.note}>{t(`connect.hint.${client.id}`)}</p>
      {client.takesModel && (
        <Select
          label={t('connect.model')}
          data={allowed.map(({ id }) => id)}
          value={model?.id ?? null}
          onChange={setChosen}
          placeholder={facts.model}
          allowDeselect={false}
          searchable
          maxDropdownHeight={240}
          limit={200}
        />
      )}
      {link?.site && (
        <TextInput
          label={t('connect.site', { client: name })}
          description={t('connect.siteNote')}
          value={site}
          onChange={(event) => setSite(event.currentTarget.value)}
          error={place === null && t('issue.wholeUrl')}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <ClientKey
        name={client.name}
        clientKey={clientKey}
        begin={opens ? 'connect.begin' : 'connect.makeKey'}
        latest={latest}
        onIssued={begun}
      />
      {key && (
        <>
          {link && (
            <ClientLink
              name={name}
              href={secret !== null && place !== null ? () => hrefWith(secret) ?? '' : null}
              opens={opens}
              copies={Boolean(link.site)}
            />
          )}
          <ClientLines
            client={client}
            facts={facts}
            secret={secret}
            mask={key.secret.mask}
            byHand={Boolean(link)}
          />
          {client.lines?.some(({ file }) => file === null) && (
            <p className={dialog.note}>{t('connect.proxyNote')}</p>
          )}
          <ClientTest keyId={key.id} model={model?.id ?? null} />
        </>
      )}
      <ConnectionState name={name} {...progress} />
    </div>
  );
}
