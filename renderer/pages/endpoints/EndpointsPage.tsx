import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { useOperations } from '../../api/session.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { EndpointDrawer } from './EndpointDrawer.tsx';
import { EndpointRow } from './EndpointRow.tsx';
import classes from './EndpointsPage.module.css';
import { useReorder } from './useReorder.ts';

/** The pool in the order it is tried. `/endpoints/new` adds one, `/endpoints/ID` opens one in place. */
export function EndpointsPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const opened = useParams<{ '*'?: string }>()['*'] ?? null;
  const { endpoints } = useOperations();
  const list = useQuery(endpoints.list.queryOptions());
  const demo = useMutation(endpoints.createDemo.mutationOptions());
  const reorder = useReorder(list.data ?? []);
  const [editing, setEditing] = useState<string | null>(null);

  const edited = list.data?.find((endpoint) => endpoint.id === editing) ?? null;
  const target = opened === 'new' ? 'new' : edited;

  return (
    <Page title={t('nav.endpoints')}>
      <PageHead
        title={t('nav.endpoints')}
        note={list.data && list.data.length > 1 ? t('endpoints.order') : undefined}
      >
        <Button component={Link} href="/endpoints/new">
          {t('endpoints.add')}
        </Button>
      </PageHead>
      {!list.data && <Loading error={list.error} />}
      {list.data?.length === 0 && (
        <Empty
          action={
            <Button variant="default" loading={demo.isPending} onClick={() => demo.mutate(undefined)}>
              {t('endpoints.addDemo')}
            </Button>
          }
        >
          {t('endpoints.empty')}
        </Empty>
      )}
      {list.data && list.data.length > 0 && (
        <ul className={classes.list}>
          {list.data.map((endpoint, index) => (
            <EndpointRow
              key={endpoint.id}
              endpoint={endpoint}
              above={list.data[index - 1] ?? null}
              opened={opened === endpoint.id}
              onToggle={() => navigate(opened === endpoint.id ? '/endpoints' : `/endpoints/${endpoint.id}`)}
              onEdit={() => setEditing(endpoint.id)}
              move={reorder(endpoint.id)}
            />
          ))}
        </ul>
      )}
      <EndpointDrawer
        target={target}
        hasDemo={list.data?.some((endpoint) => endpoint.isDemo) ?? false}
        onClose={() => {
          setEditing(null);
          if (opened === 'new') navigate('/endpoints');
        }}
        onSaved={(id) => {
          setEditing(null);
          navigate(`/endpoints/${id}`);
        }}
      />
    </Page>
  );
}
