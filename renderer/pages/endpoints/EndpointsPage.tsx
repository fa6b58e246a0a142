import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { useOperations } from '../../api/session.ts';
import { AddDemoButton } from '../../components/AddDemoButton.tsx';
import { Empty } from '../../components/Empty.tsx';
import { endpointName } from '../../components/endpointName.ts';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { DragNewsWords } from './DragNewsWords.tsx';
import { type DrawerTarget, EndpointDrawer } from './EndpointDrawer.tsx';
import { EndpointRow } from './EndpointRow.tsx';
import classes from './EndpointsPage.module.css';
import { duplicateOf } from './endpointForm.ts';
import { useDragOrder } from './useDragOrder.ts';
import { useReorder } from './useReorder.ts';

/** From so many on, a name is sooner typed than found. */
const many = 9;

/** The pool in the order it is tried. `/endpoints/new` adds one, `/endpoints/ID` opens one in place. */
export function EndpointsPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const opened = useParams<{ '*'?: string }>()['*'] ?? null;
  const { endpoints } = useOperations();
  const list = useQuery(endpoints.list.queryOptions());
  const all = list.data ?? [];
  const reorder = useReorder(all);
  const drag = useDragOrder(
    all.map(({ id }) => id),
    reorder.move,
  );
  const [target, setTarget] = useState<DrawerTarget | null>(null);
  const [wanted, setWanted] = useState('');

  const filtering = all.length >= many && wanted.trim() !== '';
  const shown = filtering
    ? all.filter((endpoint) =>
        [endpointName(endpoint, t), endpoint.baseUrl, endpoint.id].some((text) =>
          text.toLowerCase().includes(wanted.trim().toLowerCase()),
        ),
      )
    : all;

  return (
    <Page title={t('nav.endpoints')}>
      <PageHead title={t('nav.endpoints')} note={all.length > 1 ? t('endpoints.order') : undefined}>
        <Button component={Link} href="/endpoints/new">
          {t('endpoints.add')}
        </Button>
      </PageHead>
      {!list.data && <Loading error={list.error} />}
      {list.data?.length === 0 && <Empty action={<AddDemoButton />}>{t('endpoints.empty')}</Empty>}
      {all.length >= many && (
        <div className={classes.filter}>
          <SearchField label={t('endpoints.filter')} value={wanted} onChange={setWanted} />
        </div>
      )}
      {filtering && shown.length === 0 && (
        <Empty
          action={
            <Button variant="default" onClick={() => setWanted('')}>
              {t('models.showAll')}
            </Button>
          }
        >
          {t('endpoints.noneFound')}
        </Empty>
      )}
      {shown.length > 0 && (
        <ul className={classes.list} data-carrying={drag.lifted !== null || undefined}>
          {shown.map((endpoint) => {
            const index = all.indexOf(endpoint);
            return (
              <EndpointRow
                key={endpoint.id}
                endpoint={endpoint}
                above={filtering ? null : (all[index - 1] ?? null)}
                opened={opened === endpoint.id}
                onToggle={() => navigate(opened === endpoint.id ? '/endpoints' : `/endpoints/${endpoint.id}`)}
                onEdit={(start) => setTarget({ edit: endpoint, ...(start ? { start } : {}) })}
                onDuplicate={() =>
                  setTarget({
                    copy: {
                      change: duplicateOf(
                        endpoint,
                        t('endpoints.copyOf', { name: endpointName(endpoint, t) }),
                      ),
                      focus: 'keys',
                    },
                  })
                }
                drag={filtering || all.length < 2 ? null : drag}
                moveUp={index > 0 ? () => reorder.move(endpoint.id, index - 1) : null}
                moveDown={index < all.length - 1 ? () => reorder.move(endpoint.id, index + 1) : null}
                separate={() => reorder.separate(endpoint.id)}
              />
            );
          })}
        </ul>
      )}
      <p id="drag-how" className={classes.unseen}>
        {t('endpoints.drag.how')}
      </p>
      <p className={classes.unseen} aria-live="assertive">
        <DragNewsWords news={drag.news} endpoints={all} />
      </p>
      <EndpointDrawer
        target={target ?? (opened === 'new' ? 'new' : null)}
        hasDemo={all.some((endpoint) => endpoint.isDemo)}
        onClose={() => {
          setTarget(null);
          if (opened === 'new') navigate('/endpoints');
        }}
        onSaved={(id) => {
          setTarget(null);
          navigate(`/endpoints/${id}`);
        }}
      />
    </Page>
  );
}
