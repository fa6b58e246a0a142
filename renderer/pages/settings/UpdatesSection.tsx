import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Release, UpdateView } from '../../../main/contract/schemas/update.ts';
import { type DesktopClient, useShell } from '../../api/shell.ts';
import { Ago } from '../../components/Ago.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { SettingRow } from './SettingRow.tsx';
import classes from './UpdatesSection.module.css';
import { useUpdates } from './useUpdates.ts';

type Shell = DesktopClient['shell'];

function PageLink({ page }: { page: string | null }) {
  const { t } = useTranslation();
  if (!page) return null;
  return (
    <Button component="a" href={page} target="_blank" rel="noreferrer" variant="default">
      {t('updates.page')}
    </Button>
  );
}

/** What is new, as it was written: nothing in it is markup. */
function Notes({ release }: { release: Release }) {
  const { t } = useTranslation();
  if (release.notes === '') return null;
  return (
    <section
      className={classes.notes}
      aria-label={t('updates.notes', { version: release.version })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
    >
      {release.notes}
    </section>
  );
}

/** The one line that says how it stands, and what can be done about it. */
function UpdateRow({ view, updates }: { view: UpdateView; updates: Shell['updates'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { update, version, page, way } = view;
  const megabytes = (bytes: number | null) => `${format.count(Math.ceil((bytes ?? 0) / 1e6))} MB`;
  const check = (label: string, variant: 'default' | 'filled' = 'default') => (
    <Button variant={variant} onClick={() => void updates.check()}>
      {label}
    </Button>
  );
  const row = (
    label: string,
    note: React.ReactNode,
    control: React.ReactNode,
    error: string | null = null,
  ) => (
    <SettingRow label={label} note={note} error={error} keywords={t('updates.title')}>
      {() => control}
    </SettingRow>
  );
  switch (update.state) {
    case 'off':
      return row(t('updates.off'), t(`updates.offNote.${update.reason}`), <PageLink page={page} />);
    case 'idle':
      return row(t('updates.idle', { version }), t('updates.idleNote'), check(t('updates.check')));
    case 'checking':
      return row(
        t('updates.idle', { version }),
        t('updates.checking'),
        <Button variant="default" loading>
          {t('updates.check')}
        </Button>,
      );
    case 'current':
      return row(
        t('updates.current', { version }),
        <>
          {t('updates.checkedAt')} <Ago time={update.checkedAt} />
        </>,
        check(t('updates.check')),
      );
    case 'failed':
      return row(
        t('updates.idle', { version }),
        t('updates.failed'),
        <>
          {check(t('action.tryAgain'))}
          <PageLink page={page} />
        </>,
        t(`updates.trouble.${update.trouble}`),
      );
    case 'available':
      return row(
        t('updates.available', { version: update.release.version }),
        way === 'page'
          ? t('updates.byPage', { version })
          : t('updates.availableNote', { version, size: megabytes(update.release.size) }),
        <>
          {way === 'itself' && (
            <Button onClick={() => void updates.load()}>
              {update.trouble ? t('action.tryAgain') : t('updates.load')}
            </Button>
          )}
          {(way === 'page' || update.trouble) && <PageLink page={page} />}
        </>,
        update.trouble && t(`updates.trouble.${update.trouble}`),
      );
    case 'loading':
      return row(
        t('updates.loading', { version: update.release.version }),
        <span className={classes.progress}>
          <Progress
            value={update.percent}
            aria-label={t('updates.loading', { version: update.release.version })}
          />
          <span className={classes.percent}>{format.percent(update.percent / 100)}</span>
        </span>,
        <Button variant="default" onClick={() => void updates.cancel()}>
          {t('action.cancel')}
        </Button>,
      );
    case 'ready':
      return row(
        t('updates.ready', { version: update.release.version }),
        t('updates.readyNote'),
        <Button onClick={() => void updates.restart()}>{t('updates.restart')}</Button>,
      );
    case 'restarting':
      return row(
        t('updates.ready', { version: update.release.version }),
        t('updates.restarting'),
        <Button loading>{t('updates.restart')}</Button>,
      );
  }
}

/** Whether there is a newer version, and what becomes of it. Nothing is loaded or put in place unasked. */
export function UpdatesSection() {
  const shell = useShell();
  const view = useUpdates();
  if (!shell || !view) return null;
  return (
    <>
      {/* Each percent need not be read out. */}
      <div role={view.update.state === 'loading' ? undefined : 'status'}>
        <UpdateRow view={view} updates={shell.updates} />
      </div>
      {'release' in view.update && <Notes release={view.update.release} />}
    </>
  );
}
