import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span } from '../../../main/contract/schemas/usage.ts';
import { useOperations } from '../../api/session.ts';
import { addressOf } from '../../components/addressOf.ts';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Problems } from '../../components/Problems.tsx';
import { Breakdowns } from './Breakdowns.tsx';
import { Figures } from './Figures.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { GatewayHead } from './GatewayHead.tsx';
import { HeatMap } from './HeatMap.tsx';
import { LastRequests } from './LastRequests.tsx';
import classes from './OverviewPage.module.css';
import { PoolHealth } from './PoolHealth.tsx';
import { Totals } from './Totals.tsx';
import { Traffic } from './Traffic.tsx';

/** The first steps stay, once they were needed, until the person says that they are done: the key shown in them must not vanish. */
function useFirstSteps(needed: boolean): [boolean, () => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (needed) setOpen(true);
  }, [needed]);
  return [open, () => setOpen(false)];
}

/** The state of the pool in one glance: is it on, is it healthy, what is wrong, what do I paste where. */
export function OverviewPage() {
  const { t } = useTranslation();
  const operations = useOperations();
  const [span, setSpan] = useState<Span>('60s');
  // Sums of a minute say little; the tables below the live graph tell of the last day.
  const summarySpan = span === '60s' ? '24h' : span;
  const asked = [
    useQuery(operations.gateway.status.queryOptions()),
    useQuery(operations.endpoints.list.queryOptions()),
    useQuery(operations.clientKeys.list.queryOptions()),
    // Only whether there are any: the page is not to be drawn anew for each request.
    useQuery({
      ...operations.records.list.queryOptions({ input: { limit: 6 } }),
      select: ({ records }) => records.length > 0,
    }),
  ] as const;
  const [{ data: status }, { data: endpoints }, { data: keys }, { data: answered = false }] = asked;
  const summary = useQuery({
    ...operations.usage.summary.queryOptions({ input: { span: summarySpan } }),
    placeholderData: (previous) => previous,
  }).data;

  // What stands above the graph is known before the graph is drawn: nothing pushes it down.
  const known = endpoints && keys && !asked[3].isPending && status;
  const [first, endFirst] = useFirstSteps(Boolean(known && (endpoints.length === 0 || !answered)));

  return (
    <Page title={t('nav.overview')}>
      <GatewayHead status={status} quiet={first} />
      <Problems status={status} />
      {!known && <Loading error={asked.find(({ error }) => error)?.error} />}
      {known && first && (
        <FirstSteps
          address={addressOf(status)}
          endpoints={endpoints}
          keys={keys}
          answered={answered}
          onDone={endFirst}
        />
      )}
      {known && (
        <>
          <Traffic span={span} onSpan={setSpan} />
          <Figures today={summary?.today} />
        </>
      )}
      {known && endpoints.length > 0 && (
        <>
          <div className={classes.two}>
            <PoolHealth endpoints={endpoints} />
            <LastRequests />
          </div>
          <div className={classes.statistics}>
            <Totals span={summarySpan} summary={summary} />
            <Breakdowns span={t(`span.${summarySpan}`)} summary={summary} />
            <HeatMap />
          </div>
        </>
      )}
    </Page>
  );
}
