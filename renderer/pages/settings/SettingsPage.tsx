import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { GatewayStatus, SettingsView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { useShell } from '../../api/shell.ts';
import { useSettings } from '../../api/useSettings.ts';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { Section } from '../../components/Section.tsx';
import { AboutSection } from './AboutSection.tsx';
import { ExportRow } from './ExportRow.tsx';
import { ImportRow } from './ImportRow.tsx';
import { LogPage } from './LogPage.tsx';
import { LookSection } from './LookSection.tsx';
import { NetworkSection } from './NetworkSection.tsx';
import { RoutingSection, TimeoutsSection } from './RoutingSection.tsx';
import classes from './SettingsPage.module.css';
import { SettingsSearch } from './search.ts';
import { UpdatesSection } from './UpdatesSection.tsx';
import { UsageSection } from './UsageSection.tsx';
import { VaultSection } from './VaultSection.tsx';

type TitleKey =
  | 'settings.look'
  | 'settings.network'
  | 'settings.vault'
  | 'settings.routing'
  | 'settings.timeouts'
  | 'settings.usage'
  | 'transfer.title'
  | 'updates.title'
  | 'about.title';

interface Part {
  /** Names it in the address: `#/settings/network`. */
  id: string;
  title: TitleKey;
  /** Only in a window of the desktop. */
  desktop?: boolean;
  content(settings: SettingsView, status: GatewayStatus | undefined): React.ReactNode;
}

const parts: readonly Part[] = [
  {
    id: 'look',
    title: 'settings.look',
    content: ({ ui }, status) => <LookSection ui={ui} desktop={status?.shell === 'desktop'} />,
  },
  {
    id: 'network',
    title: 'settings.network',
    content: (settings, status) => <NetworkSection settings={settings} status={status} />,
  },
  {
    id: 'vault',
    title: 'settings.vault',
    content: (_settings, status) => status && <VaultSection vault={status.vault} />,
  },
  {
    id: 'routing',
    title: 'settings.routing',
    content: ({ routing }) => <RoutingSection routing={routing} />,
  },
  {
    id: 'timeouts',
    title: 'settings.timeouts',
    content: ({ timeouts }) => <TimeoutsSection timeouts={timeouts} />,
  },
  { id: 'usage', title: 'settings.usage', content: ({ usage }) => <UsageSection usage={usage} /> },
  {
    id: 'transfer',
    title: 'transfer.title',
    content: () => (
      <>
        <ExportRow />
        <ImportRow />
      </>
    ),
  },
  { id: 'updates', title: 'updates.title', desktop: true, content: () => <UpdatesSection /> },
  { id: 'about', title: 'about.title', content: () => <AboutSection /> },
];

/** The sections that this window has. */
function useParts(): readonly Part[] {
  const shell = useShell();
  return shell ? parts : parts.filter(({ desktop }) => !desktop);
}

function Navigation({ open, parts }: { open: string | undefined; parts: readonly Part[] }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.nav} aria-label={t('settings.nav')}>
      {parts.map(({ id, title }) => (
        <Link key={id} href={`/settings/${id}`} aria-current={id === open ? 'location' : undefined}>
          {t(title)}
        </Link>
      ))}
      <Link href="/settings/logs">{t('logs.title')}</Link>
    </nav>
  );
}

/** Brings the section of the address into sight; the frame has the keyboard begin at the page. */
function useOpenSection(open: string | undefined, ready: boolean) {
  useEffect(() => {
    if (!open || !ready) return;
    document.getElementById(`settings-${open}`)?.scrollIntoView({ block: 'start' });
  }, [open, ready]);
}

function AllSettings({ open }: { open: string | undefined }) {
  const { t } = useTranslation();
  const operations = useOperations();
  const shown = useParts();
  const { data: settings, error } = useSettings();
  const status = useQuery(operations.gateway.status.queryOptions()).data;
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  useOpenSection(open, settings !== undefined && status !== undefined);
  return (
    <Page title={t('nav.settings')}>
      <div className={classes.measure}>
        <PageHead title={t('nav.settings')}>
          <SearchField
            className={classes.search}
            label={t('settings.search')}
            value={text}
            onChange={setText}
          />
        </PageHead>
        {settings ? (
          <div className={classes.layout}>
            <Navigation open={open} parts={shown} />
            <SettingsSearch value={wanted}>
              <div className={`${classes.sections} ${wanted ? classes.searching : ''}`}>
                <p className={classes.none} role="status">
                  {t('settings.noMatch')}
                </p>
                {shown.map(({ id, title, content }) => (
                  <div key={id} id={`settings-${id}`} className={classes.section}>
                    <Section title={t(title)}>{content(settings, status)}</Section>
                  </div>
                ))}
              </div>
            </SettingsSearch>
          </div>
        ) : (
          <Loading error={error} />
        )}
      </div>
    </Page>
  );
}

/** Everything that is set, each line with what it does. A change applies at once. `/settings/logs` shows the log. */
export function SettingsPage() {
  const open = useParams<{ '*'?: string }>()['*'];
  return open === 'logs' ? <LogPage /> : <AllSettings open={open} />;
}
