import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { useSession } from '../../api/session.ts';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import { gatherRecords, mostExported, recordsAsCsv, recordsAsJson } from './exportRecords.ts';

type FileType = 'csv' | 'json';

function save(text: string, type: FileType): void {
  const url = URL.createObjectURL(
    new Blob([text], { type: type === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `sluice-requests-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${type}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Writes what the list is narrowed to into a file. While it gathers, the button counts, and stops it. */
export function ExportMenu({ query }: { query: RecordQuery }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { client } = useSession();
  const names = useNames();
  const [count, setCount] = useState(0);
  const running = useRef<AbortController | null>(null);
  const gather = useMutation({
    mutationFn: async (type: FileType) => {
      const stop = new AbortController();
      running.current = stop;
      setCount(0);
      try {
        const records = await gatherRecords(
          (page) => client.records.list({ ...query, ...page }, { signal: stop.signal }),
          setCount,
        );
        save(type === 'csv' ? recordsAsCsv(records, names) : recordsAsJson(records), type);
      } catch (error) {
        if (!stop.signal.aborted) throw error;
      }
    },
  });

  if (gather.isPending) {
    return (
      <Button variant="default" onClick={() => running.current?.abort()}>
        {t('requests.exporting', { count, number: format.exact(count) })}
      </Button>
    );
  }
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={14} />}>
          {t('requests.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('requests.exportNote', { most: format.exact(mostExported) })}</Menu.Label>
        <Menu.Item onClick={() => gather.mutate('csv')}>{t('requests.asCsv')}</Menu.Item>
        <Menu.Item onClick={() => gather.mutate('json')}>{t('requests.asJson')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
