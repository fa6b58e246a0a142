import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { useOperations } from '../../api/session.ts';
import { endpointName } from '../../components/endpointName.ts';
import classes from './RequestFilters.module.css';

const statuses = ['ok', 'failed', 'cut', 'cancelled'] as const;

/** Narrows the list. What is typed is asked for once the typing rests. */
export function RequestFilters({
  query,
  onChange,
}: {
  query: RecordQuery;
  onChange(query: RecordQuery): void;
}) {
  const { t } = useTranslation();
  const operations = useOperations();
  const endpoints = useQuery(operations.endpoints.list.queryOptions()).data;
  const keys = useQuery(operations.clientKeys.list.queryOptions()).data;
  const models = useQuery(operations.models.list.queryOptions()).data;
  const [text, setText] = useState(query.search ?? '');
  const search = useDebouncedCallback(
    (value: string) => onChange({ ...query, search: value.trim() || undefined }),
    250,
  );

  useEffect(() => {
    if (!query.search) setText('');
  }, [query.search]);

  const pick = (field: 'endpointId' | 'clientKeyId' | 'model') => (value: string | null) =>
    onChange({ ...query, [field]: value ?? undefined });

  return (
    <search className={classes.filters}>
      <TextInput
        className={classes.search}
        aria-label={t('requests.search')}
        placeholder={t('requests.search')}
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <Select
        className={classes.select}
        aria-label={t('requests.status')}
        placeholder={t('requests.anyStatus')}
        data={statuses.map((status) => ({ value: status, label: t(`record.${status}`) }))}
        value={query.status ?? null}
        onChange={(value) => onChange({ ...query, status: statuses.find((status) => status === value) })}
        clearable
      />
      <Select
        className={classes.select}
        aria-label={t('requests.model')}
        placeholder={t('requests.anyModel')}
        data={models?.map(({ id }) => id) ?? []}
        value={query.model ?? null}
        onChange={pick('model')}
        searchable
        clearable
        limit={100}
      />
      <Select
        className={classes.select}
        aria-label={t('requests.endpoint')}
        placeholder={t('requests.anyEndpoint')}
        data={endpoints?.map((endpoint) => ({ value: endpoint.id, label: endpointName(endpoint, t) })) ?? []}
        value={query.endpointId ?? null}
        onChange={pick('endpointId')}
        clearable
      />
      <Select
        className={classes.select}
        aria-label={t('requests.key')}
        placeholder={t('requests.anyKey')}
        data={keys?.map(({ id, name }) => ({ value: id, label: name || id })) ?? []}
        value={query.clientKeyId ?? null}
        onChange={pick('clientKeyId')}
        clearable
      />
    </search>
  );
}
