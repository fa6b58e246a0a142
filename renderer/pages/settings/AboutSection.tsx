import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useOperations, useSession } from '../../api/session.ts';
import { copyText } from '../../components/copyText.ts';
import { showToast } from '../../components/toast.tsx';
import classes from './AboutSection.module.css';
import { SettingRow } from './SettingRow.tsx';
import { useLeftOut } from './search.ts';
import { useUpdates } from './useUpdates.ts';

function DiagnosisRow() {
  const { t } = useTranslation();
  const { client } = useSession();
  const copy = useMutation({
    mutationFn: async () => copyText((await client.about.diagnosis()).text),
    onSuccess: (copied) =>
      showToast({
        subject: 'settings.diagnosis',
        text: t(copied ? 'about.copied' : 'about.notCopied'),
        tone: copied ? 'note' : 'bad',
      }),
  });
  return (
    <SettingRow label={t('about.diagnosis')} note={t('about.diagnosisNote')}>
      {() => (
        <Button variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
          {t('about.copyDiagnosis')}
        </Button>
      )}
    </SettingRow>
  );
}

/** What runs here, where its things are, and how to tell of a problem. */
export function AboutSection() {
  const { t } = useTranslation();
  const operations = useOperations();
  const about = useQuery(operations.about.get.queryOptions()).data;
  const open = useMutation(operations.about.openFolder.mutationOptions());
  const update = useUpdates()?.update;
  const hidden = useLeftOut(t('about.title'), t('about.version'), about?.version, about?.dataDir);
  const facts: [label: string, value: React.ReactNode][] = about
    ? [
        [
          t('about.version'),
          <>
            Sluice {about.version}
            {update?.state === 'off' && ` · ${t('updates.off')}`}
            {update && 'release' in update && (
              <>
                {' · '}
                <Link href="/settings/updates">
                  {t('updates.available', { version: update.release.version })}
                </Link>
              </>
            )}
          </>,
        ],
        [
          t('about.system'),
          [about.system, ...about.runtimes.map(({ name, version }) => `${name} ${version}`)].join(', '),
        ],
        [
          t('about.data'),
          <span className={classes.line} key="data">
            <span className={classes.path}>{about.dataDir}</span>
            {about.canOpenFolder && (
              <Button size="xs" variant="default" onClick={() => open.mutate({ folder: 'data' })}>
                {t('logs.folder')}
              </Button>
            )}
          </span>,
        ],
        [t('about.licence'), about.licence],
      ]
    : [];
  return (
    <>
      <dl className={classes.facts} data-setting="" hidden={hidden}>
        {facts.map(([label, value]) => [
          <dt key={`${label} term`}>{label}</dt>,
          <dd key={label}>{value}</dd>,
        ])}
      </dl>
      <SettingRow label={t('logs.title')} note={t('about.logNote')}>
        {() => (
          <Button component={Link} href="/settings/logs" variant="default">
            {t('logs.open')}
          </Button>
        )}
      </SettingRow>
      <DiagnosisRow />
    </>
  );
}
