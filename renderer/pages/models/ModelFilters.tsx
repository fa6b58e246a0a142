import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/session.ts';
import { endpointName } from '../../components/endpointName.ts';
import { SearchField } from '../../components/SearchField.tsx';
import classes from './ModelTable.module.css';
import type { ModelQuery } from './modelFilter.ts';

export function ModelFilters({ query, onChange }: { query: ModelQuery; onChange(query: ModelQuery): void }) {
  const { t } = useTranslation();
  const endpoints = useQuery(useOperations().endpoints.list.queryOptions()).data;
  return (
    <search className={classes.filters}>
      <SearchField
        className={classes.search}
        label={t('models.search')}
        value={query.text}
        onChange={(text) => onChange({ ...query, text })}
      />
      <Select
        className={classes.select}
        aria-label={t('requests.endpoint')}
        placeholder={t('requests.anyEndpoint')}
        data={endpoints?.map((endpoint) => ({ value: endpoint.id, label: endpointName(endpoint, t) })) ?? []}
        value={query.endpointId}
        onChange={(endpointId) => onChange({ ...query, endpointId })}
        clearable
      />
    </search>
  );
}
