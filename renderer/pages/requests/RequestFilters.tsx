import { Button, Popover, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { windowKeyId } from '../../../main/contract/windowKey.ts';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { useOperations } from '../../api/session.ts';
import { accountName } from '../../components/accountName.ts';
import { endpointName } from '../../components/endpointName.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './RequestFilters.module.css';
import { statuses } from './recordQuery.ts';

const hourMs = 3_600_000;
const spans = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs } as const;
const slowSteps = [1000, 3000, 10_000, 30_000] as const;

interface Props {
  query: RecordQuery;
  onChange(query: RecordQuery): void;
  children?: React.ReactNode;
}

/** Narrows the list. What is typed is asked for once the typing rests; the other choices stand behind one button. */
export function RequestFilters({ query, onChange, children }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(query.search ?? '');
  const input = useRef<HTMLInputElement>(null);
  const search = useDebouncedCallback(
    (value: string) => onChange({ ...query, search: value.trim() || undefined }),
    250,
  );
  useEffect(() => {
    if (input.current !== document.activeElement || !query.search) setText(query.search ?? '');
  }, [query.search]);

  return (
    <search className={classes.filters}>
      <SearchField
        field={input}
        className={classes.search}
        label={t('requests.search')}
        value={text}
        onChange={(value) => {
          setText(value);
          search(value);
        }}
        maxLength={100}
      />
      <Popover position="bottom-end" width={320} trapFocus shadow="md">
        <Popover.Target>
          <Button variant="default" leftSection={<IconFilter size={14} />}>
            {t('requests.filter')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Choices query={query} onChange={onChange} />
        </Popover.Dropdown>
      </Popover>
      {children}
    </search>
  );
}

function Choices({ query, onChange }: Pick<Props, 'query' | 'onChange'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const operations = useOperations();
  const endpoints = useQuery(operations.endpoints.list.queryOptions()).data ?? [];
  const keys = useQuery(operations.clientKeys.list.queryOptions()).data ?? [];
  const models = useQuery(operations.models.list.queryOptions()).data ?? [];
  const accounts = endpoints.filter(
    ({ id, accounts: own }) => own.length > 1 && (query.endpointId === undefined || query.endpointId === id),
  );
  const set = (change: Partial<RecordQuery>) => onChange({ ...query, ...change });
  const inPopover = { comboboxProps: { withinPortal: false }, clearable: true } as const;
  const names = models.map(({ id }) => id);
  if (query.model && !names.includes(query.model)) names.unshift(query.model);

  return (
    <div className={classes.choices}>
      <Select
        label={t('requests.status')}
        placeholder={t('requests.anyStatus')}
        data={statuses.map((status) => ({ value: status, label: t(`record.${status}`) }))}
        value={query.status ?? null}
        onChange={(value) => set({ status: statuses.find((status) => status === value) })}
        data-autofocus
        {...inPopover}
      />
      <Select
        label={t('requests.model')}
        placeholder={t('requests.anyModel')}
        data={names}
        value={query.model ?? null}
        onChange={(model) => set({ model: model ?? undefined })}
        searchable
        limit={100}
        {...inPopover}
      />
      <Select
        label={t('requests.endpoint')}
        placeholder={t('requests.anyEndpoint')}
        data={endpoints.map((endpoint) => ({ value: endpoint.id, label: endpointName(endpoint, t) }))}
        value={query.endpointId ?? null}
        onChange={(endpointId) => set({ endpointId: endpointId ?? undefined, accountId: undefined })}
        {...inPopover}
      />
      {accounts.length > 0 && (
        <Select
          label={t('requests.account')}
          placeholder={t('requests.anyAccount')}
          data={accounts.map((endpoint) => ({
            group: endpointName(endpoint, t),
            items: endpoint.accounts.map((account) => ({
              value: `${endpoint.id}/${account.id}`,
              label: accountName(account),
            })),
          }))}
          value={query.accountId && query.endpointId ? `${query.endpointId}/${query.accountId}` : null}
          onChange={(value) => {
            const [endpointId, accountId] = value?.split('/') ?? [];
            set(accountId ? { endpointId, accountId } : { accountId: undefined });
          }}
          searchable
          {...inPopover}
        />
      )}
      <Select
        label={t('requests.key')}
        placeholder={t('requests.anyKey')}
        data={[
          ...keys.map(({ id, name }) => ({ value: id, label: name || id })),
          { value: windowKeyId, label: t('trial.thisWindow') },
        ]}
        value={query.clientKeyId ?? null}
        onChange={(clientKeyId) => set({ clientKeyId: clientKeyId ?? undefined })}
        {...inPopover}
      />
      <Select
        label={t('requests.time')}
        placeholder={t('requests.anyTime')}
        data={(['hour', 'day', 'week'] as const).map((span) => ({
          value: span,
          label: t(`requests.within.${span}`),
        }))}
        value={null}
        onChange={(value) => {
          const span = value === 'hour' || value === 'day' || value === 'week' ? spans[value] : null;
          set({ since: span === null ? undefined : Date.now() - span, until: undefined });
        }}
        {...inPopover}
      />
      <Select
        label={t('requests.slow')}
        placeholder={t('requests.anySpeed')}
        data={slowSteps.map((ms) => ({
          value: String(ms),
          label: t('requests.over', { time: format.duration(ms) }),
        }))}
        value={query.slowMs ? String(query.slowMs) : null}
        onChange={(value) => set({ slowMs: value === null ? undefined : Number(value) })}
        {...inPopover}
      />
    </div>
  );
}
