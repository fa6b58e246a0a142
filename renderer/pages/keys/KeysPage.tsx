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
import { type IssuedKey, IssuedKeyDialog } from './IssuedKeyDialog.tsx';
import { KeyDrawer } from './KeyDrawer.tsx';
import { KeyRow } from './KeyRow.tsx';
import classes from './KeysPage.module.css';

/** The keys clients show us: who may ask for what, and who does. `/keys/new` makes one, `/keys/ID` opens one in place. */
export function KeysPage() {
  const { t } = useTranslation();
  const list = useQuery(useOperations().clientKeys.list.queryOptions());
  const [, navigate] = useLocation();
  const opened = useParams<{ '*'?: string }>()['*'] ?? null;
  const [editing, setEditing] = useState<string | null>(null);
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const close = () => {
    setEditing(null);
    if (opened === 'new') navigate('/keys');
  };
  const edited = list.data?.find((key) => key.id === editing) ?? null;

  return (
    <Page title={t('nav.keys')}>
      <PageHead title={t('nav.keys')} note={t('keys.note')}>
        <Button component={Link} href="/keys/new">
          {t('keys.create')}
        </Button>
      </PageHead>
      {!list.data && <Loading error={list.error} />}
      {list.data?.length === 0 && (
        <Empty
          action={
            <Button component={Link} href="/keys/new">
              {t('keys.create')}
            </Button>
          }
        >
          {t('keys.empty')}
        </Empty>
      )}
      {list.data && list.data.length > 0 && (
        <ul className={classes.list}>
          {list.data.map((key) => (
            <KeyRow
              key={key.id}
              clientKey={key}
              opened={opened === key.id}
              onToggle={() => navigate(opened === key.id ? '/keys' : `/keys/${key.id}`)}
              onEdit={() => setEditing(key.id)}
              onIssued={setIssued}
            />
          ))}
        </ul>
      )}
      <KeyDrawer
        target={opened === 'new' ? 'new' : edited}
        onClose={close}
        onIssued={(key) => {
          close();
          setIssued(key);
        }}
      />
      <IssuedKeyDialog issued={issued} onClose={() => setIssued(null)} />
    </Page>
  );
}
