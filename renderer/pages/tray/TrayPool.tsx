import { Button } from '@mantine/core';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EndpointView, GatewayStatus, Problem } from '../../../main/contract/schemas/views.ts';
import { AddDemoButton } from '../../components/AddDemoButton.tsx';
import { later } from '../../components/later.ts';
import { problemsToTell } from '../../components/problemsToTell.ts';
import { problemTone } from '../../components/problemTone.ts';
import { worstFirst } from '../../components/worstFirst.ts';
import { PoolRow } from './PoolRow.tsx';
import classes from './TrayPool.module.css';

// Rarely needed, and it may open dialogs.
const GatewayProblem = later(
  async () => (await import('../../components/GatewayProblem.tsx')).GatewayProblem,
);

/** What keeps the gateway from its work, every endpoint, worst first, then what else should be known: the one place that scrolls. */
export function TrayPool({
  status,
  endpoints,
}: {
  status: GatewayStatus | undefined;
  endpoints: readonly EndpointView[] | undefined;
}) {
  const { t } = useTranslation();
  const problems = problemsToTell(status?.problems ?? [], endpoints ?? []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section className={classes.pool} aria-label={t('overview.health')} tabIndex={0}>
      <Problems problems={problems.filter(({ code }) => problemTone[code] === 'bad')} />
      {endpoints?.length === 0 && <NoEndpoint />}
      {endpoints && endpoints.length > 0 && (
        <ul className={classes.rows}>
          {worstFirst(endpoints).map((endpoint) => (
            <PoolRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      )}
      <Problems problems={problems.filter(({ code }) => problemTone[code] !== 'bad')} />
    </section>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <ul className={classes.problems}>
        {problems.map((problem) => (
          <GatewayProblem key={problem.id} problem={problem} />
        ))}
      </ul>
    </Suspense>
  );
}

function NoEndpoint() {
  const { t } = useTranslation();
  return (
    <div className={classes.empty}>
      <p>{t('endpoints.empty')}</p>
      <div className={classes.actions}>
        <Button component={Link} href="/endpoints/new">
          {t('endpoints.add')}
        </Button>
        <AddDemoButton />
      </div>
    </div>
  );
}
