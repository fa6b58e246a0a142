import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { useHashSearch } from '../../api/hashLocation.ts';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterChips } from './FilterChips.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { RecordTable } from './RecordTable.tsx';
import { RequestFilters } from './RequestFilters.tsx';
import { queryOfSearch, searchOfQuery } from './recordQuery.ts';
import { useRecordRows } from './useRecordRows.ts';

/**
 * Every request as it was answered, newest first, coming in as they happen. `/requests/ID` shows one from the right;
 * what the list is narrowed to follows a question mark.
 */
export function RequestsPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const openId = useParams<{ '*'?: string }>()['*'] ?? null;
  const asked = searchOfQuery(queryOfSearch(useHashSearch()));
  const query = useMemo(() => queryOfSearch(asked), [asked]);
  const [paused, setPaused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const rows = useRecordRows(query, paused || scrolled);
  const { found } = rows;
  const empty = found && rows.window.count() === 0;
  const blank = empty && asked === '';
  const place = useCallback((id: string | null) => (id === null ? '/requests' : `/requests/${id}`), []);
  const narrow = useCallback(
    (next: RecordQuery) => navigate(place(openId) + searchOfQuery(next), { replace: true }),
    [navigate, place, openId],
  );
  const open = useCallback(
    (record: RequestRecord) => navigate(place(record.id) + asked),
    [navigate, place, asked],
  );
  const close = useCallback(() => navigate(place(null) + asked), [navigate, place, asked]);
  const openIndex = openId === null ? -1 : rows.window.indexOf(openId);

  return (
    <Page title={t('nav.requests')} fill>
      <PageHead title={t('nav.requests')}>
        {!blank && (
          <>
            <ExportMenu query={query} />
            <Button
              variant="default"
              aria-pressed={paused}
              leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
              onClick={() => setPaused(!paused)}
            >
              {paused ? t('requests.resume') : t('requests.pause')}
            </Button>
          </>
        )}
      </PageHead>
      {!blank && <RequestFilters query={query} onChange={narrow} />}
      <FilterChips query={query} onChange={narrow} />
      {!found && <Loading error={rows.error} />}
      {empty && (
        <Empty
          action={
            blank ? (
              <Button variant="default" onClick={() => navigate('/')}>
                {t('requests.howTo')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => narrow({})}>
                {t('requests.showAll')}
              </Button>
            )
          }
        >
          {blank ? t('requests.empty') : t('requests.noneMatch')}
        </Empty>
      )}
      {found && !empty && (
        <RecordTable
          // A new question starts at the top.
          key={asked}
          rows={rows}
          openId={openId}
          onOpen={open}
          onScrolled={setScrolled}
          onShowNew={() => setPaused(false)}
        />
      )}
      <RecordPanel id={openId} listed={rows.window.at(openIndex)} onClose={close} />
    </Page>
  );
}
