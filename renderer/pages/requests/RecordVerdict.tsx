import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { failureWords } from '../../components/failureWords.ts';
import { OriginalWords } from '../../components/OriginalWords.tsx';
import { recordTone } from '../../components/recordTone.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './RecordVerdict.module.css';

/** The error the client was told: ours in the user's language, with the very words behind it; an upstream's as it was. */
function ToldError({ code, message }: { code: string | null; message: string }) {
  const { t } = useTranslation();
  const words = failureWords(code, t);
  return (
    <div className={classes.error}>
      <p>
        {code && <code>{code}</code>} {words ?? message}
      </p>
      {words !== null && <OriginalWords>{message}</OriginalWords>}
    </div>
  );
}

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
      {record.errorMessage && <ToldError code={record.errorCode} message={record.errorMessage} />}
    </div>
  );
}
