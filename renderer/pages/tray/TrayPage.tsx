import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useOperations } from '../../api/session.ts';
import { FullWindowLinks } from './FullWindowLinks.tsx';
import { TrayFigures } from './TrayFigures.tsx';
import { TrayGraph } from './TrayGraph.tsx';
import { TrayHead } from './TrayHead.tsx';
import classes from './TrayPage.module.css';
import { TrayPool } from './TrayPool.tsx';
import { useEscape } from './useEscape.ts';

/** The small window: is it on, is it healthy, what is wrong, what do I paste where. Everything else is a link into the full one. */
export function TrayPage() {
  const { t } = useTranslation();
  const operations = useOperations();
  const status = useQuery(operations.gateway.status.queryOptions()).data;
  const endpoints = useQuery(operations.endpoints.list.queryOptions()).data;
  useEscape();
  return (
    <FullWindowLinks>
      <main className={classes.page}>
        <TrayHead status={status} quiet={endpoints?.length === 0} />
        <TrayGraph />
        <TrayFigures />
        <TrayPool status={status} endpoints={endpoints} />
        <footer className={classes.foot}>
          <Button variant="default" component={Link} href="/connect">
            {t('tray.connect')}
          </Button>
          <Button variant="default" component={Link} href="/">
            {t('tray.openWindow')}
          </Button>
        </footer>
      </main>
    </FullWindowLinks>
  );
}
