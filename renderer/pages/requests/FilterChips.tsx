import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordQuery } from '../../api/recordFilter.ts';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './RequestFilters.module.css';

interface Props {
  query: RecordQuery;
  onChange(query: RecordQuery): void;
}

/** What the list is narrowed to, each with its way out. */
export function FilterChips({ query, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { status, model, endpointId, accountId, clientKeyId, search, since, until, slowMs } = query;
  const chips: [fields: (keyof RecordQuery)[], words: string | null][] = [
    [['search'], search ? t('requests.chip.search', { text: search }) : null],
    [['status'], status ? t(`record.${status}`) : null],
    [['model'], model ? t('requests.chip.model', { model }) : null],
    [
      ['endpointId', 'accountId'],
      endpointId ? t('requests.chip.endpoint', { endpoint: names.endpoint(endpointId) }) : null,
    ],
    [
      ['accountId'],
      accountId
        ? t('requests.chip.account', { account: names.account(endpointId ?? null, accountId) })
        : null,
    ],
    [['clientKeyId'], clientKeyId ? t('requests.chip.key', { key: names.clientKey(clientKeyId) }) : null],
    [
      ['since'],
      since === undefined ? null : t('requests.chip.since', { time: format.moment(since, Date.now()) }),
    ],
    [
      ['until'],
      until === undefined ? null : t('requests.chip.until', { time: format.moment(until, Date.now()) }),
    ],
    [['slowMs'], slowMs ? t('requests.chip.slow', { time: format.duration(slowMs) }) : null],
  ];
  const shown = chips.flatMap(([fields, words]) => (words === null ? [] : [{ fields, words }]));
  if (shown.length === 0) return null;
  return (
    <fieldset className={classes.chips} aria-label={t('requests.chip.label')}>
      {shown.map(({ fields, words }) => (
        <button
          key={fields.join()}
          type="button"
          className={classes.chip}
          aria-label={t('requests.chip.remove', { filter: words })}
          onClick={() =>
            onChange({ ...query, ...Object.fromEntries(fields.map((field) => [field, undefined])) })
          }
        >
          <span>{words}</span>
          <IconX size={12} aria-hidden />
        </button>
      ))}
      {shown.length > 1 && (
        <button type="button" className={classes.clear} onClick={() => onChange({})}>
          {t('requests.showAll')}
        </button>
      )}
    </fieldset>
  );
}
