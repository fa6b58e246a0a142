import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';
import { useNames } from '../../../components/useNames.ts';
import { useFormat } from '../../../format/useFormat.ts';
import classes from './ReplayNumbers.module.css';

interface Props {
  /** Null until it is answered. */
  record: RequestRecord | null;
  /** Until the record is there: what the window measured itself. */
  firstMs: number | null;
  /** Of a failure that left no record. */
  status: number | null;
}

/** The numbers to compare two answers by, always in the same places. */
export function ReplayNumbers({ record, firstMs, status }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const first = record ? record.firstTokenMs : firstMs;
  const tokens = record && record.tokens.source !== 'none' ? record.tokens : null;
  const rows: [label: string, value: string | null][] = [
    [t('column.endpoint'), record?.endpointId ? names.endpoint(record.endpointId) : null],
    [t('detail.status'), record ? String(record.httpStatus) : status === null ? null : String(status)],
    [t('detail.firstToken'), first === null ? null : format.duration(first)],
    [t('detail.total'), record ? format.duration(record.totalMs) : null],
    [
      t('column.tokens'),
      tokens
        ? t('replay.tokens', { input: format.exact(tokens.input), output: format.exact(tokens.output) })
        : null,
    ],
    [t('detail.cost'), record ? costOf(record.costUsd) : null],
  ];
  function costOf(usd: number | null): string {
    return usd === null ? t('detail.unpriced') : format.usdExact(usd);
  }

  return (
    <dl className={classes.numbers}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
