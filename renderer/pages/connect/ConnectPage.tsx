import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { useOperations } from '../../api/session.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { Section } from '../../components/Section.tsx';
import { ClientDrawer } from './ClientDrawer.tsx';
import { ClientTile } from './ClientTile.tsx';
import classes from './ConnectPage.module.css';
import { clients, type KnownClient } from './clients.ts';
import { findClients } from './findClients.ts';

const groups = ['app', 'code', 'sdk', 'other'] as const;
const known: readonly KnownClient[] = clients;

/** The clients people use, each with its state. `/connect/ID` opens one. */
export function ConnectPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const opened = useParams<{ '*'?: string }>()['*'] ?? null;
  const operations = useOperations();
  const keys = useQuery(operations.clientKeys.list.queryOptions());
  const endpoints = useQuery(operations.endpoints.list.queryOptions()).data;
  const [search, setSearch] = useState('');
  const found = findClients(known, search, t);
  const keyOf = (client: KnownClient) =>
    keys.data && (keys.data.find(({ name }) => name === client.name) ?? null);

  return (
    <Page title={t('connect.title')}>
      <PageHead title={t('connect.title')} note={t('connect.note')} />
      {!keys.data && <Loading error={keys.error} />}
      {endpoints?.length === 0 && (
        <Empty
          action={
            <Button component={Link} href="/endpoints/new">
              {t('endpoints.add')}
            </Button>
          }
        >
          {t('connect.noEndpoints')}
        </Empty>
      )}
      {keys.data && endpoints && endpoints.length > 0 && (
        <div className={classes.groups}>
          <SearchField
            label={t('connect.search')}
            value={search}
            onChange={setSearch}
            onEnter={() => found[0] && navigate(`/connect/${found[0].id}`)}
          />
          {groups
            .filter((group) => found.some((client) => client.group === group))
            .map((group) => (
              <Section key={group} title={t(`connect.group.${group}`)}>
                <ul className={classes.grid}>
                  {found
                    .filter((client) => client.group === group)
                    .map((client) => (
                      <li key={client.id}>
                        <ClientTile client={client} clientKey={keyOf(client)} />
                      </li>
                    ))}
                </ul>
              </Section>
            ))}
        </div>
      )}
      <ClientDrawer
        client={known.find(({ id }) => id === opened) ?? null}
        onClose={() => navigate('/connect')}
      />
    </Page>
  );
}
