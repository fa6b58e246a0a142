import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/session.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { LogLines } from './LogLines.tsx';
import classes from './LogPage.module.css';
import { filterLines, type LogLevel, linesText, logLevels } from './logLines.ts';
import { useLogTail } from './useLogTail.ts';

/** The log as it is written: filtered, searched, paused, copied. */
export function LogPage() {
  const { t } = useTranslation();
  const operations = useOperations();
  const about = useQuery(operations.about.get.queryOptions()).data;
  const openFolder = useMutation(operations.about.openFolder.mutationOptions());
  const [paused, setPaused] = useState(false);
  const [level, setLevel] = useState<LogLevel>('debug');
  const [text, setText] = useState('');
  const { lines, waiting, lost } = useLogTail(paused);
  const asked = useDeferredValue(text);
  const shown = useMemo(() => filterLines(lines, level, asked), [lines, level, asked]);

  return (
    <Page title={t('logs.title')} fill>
      <PageHead title={t('logs.title')} note={about?.logFile ?? t('logs.note')} />
      <div className={classes.tools}>
        <SearchField className={classes.search} label={t('logs.search')} value={text} onChange={setText} />
        <Select
          w={180}
          aria-label={t('logs.level')}
          data={logLevels.map((value) => ({ value, label: t(`logs.levels.${value}`) }))}
          value={level}
          allowDeselect={false}
          onChange={(next) => next && setLevel(next as LogLevel)}
        />
        <Button variant="default" miw={88} aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? t('logs.resume') : t('logs.pause')}
        </Button>
        <CopyButton text={linesText(shown)} label={t('logs.copy')} />
        {about?.canOpenFolder && (
          <Button variant="default" onClick={() => openFolder.mutate({ folder: 'logs' })}>
            {t('logs.folder')}
          </Button>
        )}
      </div>
      <p className={classes.note} role="status">
        {lost ? t('logs.lost') : paused && waiting > 0 ? t('logs.waiting', { count: waiting }) : ''}
      </p>
      <LogLines lines={shown}>
        {shown.length === 0 && (
          <p className={classes.quiet}>{t(lines.length === 0 ? 'logs.empty' : 'logs.noMatch')}</p>
        )}
      </LogLines>
    </Page>
  );
}
