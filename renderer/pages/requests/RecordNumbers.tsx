import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { operationWords } from '../../components/operationWords.ts';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './RecordNumbers.module.css';

/** The numbers of one request, each written out in full. */
export function RecordNumbers({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { tokens } = record;
  const counted = tokens.source !== 'none';
  const operation = operationWords(record.operation, t);
  const rows: [label: string, value: string | null, exact?: string][] = [
    [t('detail.time'), format.momentExact(record.time)],
    [t('detail.status'), String(record.httpStatus)],
    [t('detail.firstToken'), record.firstTokenMs === null ? null : format.duration(record.firstTokenMs)],
    [t('detail.total'), format.duration(record.totalMs)],
    [t('detail.input'), counted ? format.exact(tokens.input) : null],
    [t('detail.cached'), tokens.cached > 0 ? format.exact(tokens.cached) : null],
    [t('detail.output'), counted ? format.exact(tokens.output) : null],
    [t('detail.reasoning'), tokens.reasoning > 0 ? format.exact(tokens.reasoning) : null],
    [t('detail.counted'), counted ? t(`detail.source.${tokens.source}`) : null],
    [t('detail.cost'), record.costUsd === null ? t('detail.unpriced') : format.usdExact(record.costUsd)],
    [
      t('detail.operation'),
      record.stream ? t('detail.streamed', { operation }) : operation,
      record.operation,
    ],
    [t('detail.key'), names.clientKey(record.clientKeyId)],
    [t('detail.client'), record.userAgent || null],
    [t('detail.id'), record.id],
  ];

  return (
    <section aria-label={t('detail.numbers')}>
      <dl className={classes.numbers}>
        {rows.map(
          ([label, value, exact]) =>
            value !== null && (
              <div key={label} className={classes.row}>
                <dt>{label}</dt>
                <dd title={exact}>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
