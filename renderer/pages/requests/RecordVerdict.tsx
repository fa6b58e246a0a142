import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { recordTone } from '../../components/recordTone.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './RecordVerdict.module.css';

/** What became of it, in one sentence; the error the client was told below. */
export function RecordVerdict({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const endpoint = names.endpoint(record.endpointId);
  const tries = record.attempts.length;

  function sentence(): string {
    const facts = {
      endpoint,
      time: format.duration(record.totalMs),
      count: tries,
      status: record.httpStatus,
    };
    if (record.status === 'ok') return tries > 1 ? t('detail.okAfter', facts) : t('detail.ok', facts);
    if (record.status === 'cut') return t('detail.cut', facts);
    if (record.status === 'cancelled') return t('detail.cancelled', facts);
    return tries === 0 ? t('detail.refused', facts) : t('detail.failed', facts);
  }

  return (
    <div>
      <p className={classes.sentence}>
        <StateMark tone={recordTone[record.status]} label={t(`record.${record.status}`)} />
        <span>{sentence()}</span>
      </p>
      {record.errorMessage && (
        <p className={classes.error}>
          {record.errorCode && <code>{record.errorCode}</code>} {record.errorMessage}
        </p>
      )}
    </div>
  );
}
