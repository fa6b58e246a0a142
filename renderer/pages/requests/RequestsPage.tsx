import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { RecordTable } from './RecordTable.tsx';
import { RequestFilters } from './RequestFilters.tsx';
import { useRecordRows } from './useRecordRows.ts';

const isNarrowed = (query: RecordQuery) => Object.values(query).some(Boolean);

/** Every request as it was answered, newest first, coming in as they happen. `/requests/ID` shows one from the right. */
export function RequestsPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const openId = useParams<{ '*'?: string }>()['*'] ?? null;
  const [query, setQuery] = useState<RecordQuery>({});
  const [paused, setPaused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const rows = useRecordRows(query, paused || scrolled);
  const blank = rows.records?.length === 0 && !isNarrowed(query);
  const open = useCallback((record: RequestRecord) => navigate(`/requests/${record.id}`), [navigate]);
  const close = useCallback(() => navigate('/requests'), [navigate]);

  return (
    <Page title={t('nav.requests')} fill>
      <PageHead title={t('nav.requests')}>
        {!blank && (
          <Button
            variant="default"
            aria-pressed={paused}
            leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
            onClick={() => setPaused(!paused)}
          >
            {paused ? t('requests.resume') : t('requests.pause')}
          </Button>
        )}
      </PageHead>
      {!blank && <RequestFilters query={query} onChange={setQuery} />}
      {!rows.records && <Loading error={rows.error} />}
      {rows.records?.length === 0 && (
        <Empty
          action={
            isNarrowed(query) ? (
              <Button variant="default" onClick={() => setQuery({})}>
                {t('requests.showAll')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => navigate('/')}>
                {t('requests.howTo')}
              </Button>
            )
          }
        >
          {isNarrowed(query) ? t('requests.noneMatch') : t('requests.empty')}
        </Empty>
      )}
      {rows.records && rows.records.length > 0 && (
        <RecordTable
          // A new question starts at the top.
          key={JSON.stringify(query)}
          records={rows.records}
          waiting={rows.waiting}
          openId={openId}
          onOpen={open}
          onScrolled={setScrolled}
          onShowNew={() => setPaused(false)}
          onEnd={rows.loadMore}
          loading={rows.loadingMore}
        />
      )}
      <RecordPanel id={openId} records={rows.records ?? []} onClose={close} />
    </Page>
  );
}
