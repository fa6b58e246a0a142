import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { useOperations } from '../../api/session.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ModelFilters } from './ModelFilters.tsx';
import { ModelPanel } from './ModelPanel.tsx';
import { ModelTable } from './ModelTable.tsx';
import { filterModels, type ModelQuery } from './modelFilter.ts';
import { modelOfPath, modelPath } from './modelPath.ts';

const everything: ModelQuery = { text: '', endpointId: null };

/** Every name clients can ask for, and who answers. `/models/NAME` shows one from the right, also one that is not listed. */
export function ModelsPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const rest = useParams<{ '*'?: string }>()['*'];
  const openId = rest ? modelOfPath(rest) : null;
  const models = useQuery(useOperations().models.list.queryOptions());
  const [query, setQuery] = useState(everything);
  const asked = useDeferredValue(query);
  const shown = useMemo(() => filterModels(models.data ?? [], asked), [models.data, asked]);
  const open = useCallback((id: string) => navigate(modelPath(id)), [navigate]);
  const close = useCallback(() => navigate('/models'), [navigate]);
  const text = asked.text.trim();
  const blank = models.data?.length === 0;

  return (
    <Page title={t('nav.models')} fill>
      <PageHead
        title={t('nav.models')}
        note={models.data && !blank ? t('models.count', { count: models.data.length }) : undefined}
      />
      {!models.data && <Loading error={models.error} />}
      {blank && (
        <Empty
          action={
            <Button component={Link} href="/endpoints/new">
              {t('endpoints.add')}
            </Button>
          }
        >
          {t('models.empty')}
        </Empty>
      )}
      {models.data && !blank && (
        <>
          <ModelFilters query={query} onChange={setQuery} />
          {shown.length > 0 ? (
            <ModelTable models={shown} openId={openId} onOpen={open} />
          ) : (
            <Empty
              action={
                <Button variant="default" onClick={() => (text ? open(text) : setQuery(everything))}>
                  {text ? t('models.ask', { model: text }) : t('models.showAll')}
                </Button>
              }
            >
              {t('models.noneMatch')}
            </Empty>
          )}
        </>
      )}
      {openId !== null && (
        <ModelPanel
          key={openId}
          id={openId}
          model={models.data?.find(({ id }) => id === openId) ?? null}
          onClose={close}
        />
      )}
    </Page>
  );
}
