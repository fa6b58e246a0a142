import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { failureWords } from '../../components/failureWords.ts';
import { useNamesOfList } from '../../components/NamesOnce.tsx';
import { operationWords } from '../../components/operationWords.ts';
import cells from '../../components/RowList.module.css';
import type { CellsProps } from '../../components/RowList.tsx';
import { recordTone } from '../../components/recordTone.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './RecordTable.module.css';

/** One request in the list: as many columns as there is room for, or two lines. */
export function RecordCells({ item: record, tall }: CellsProps<RequestRecord>) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNamesOfList();
  const { tokens } = record;
  const renamed = record.upstreamModel !== null && record.upstreamModel !== record.clientModel;
  const estimated = tokens.source === 'estimated' ? '~' : '';
  const used =
    tokens.source === 'none'
      ? ''
      : `${estimated}${format.short(tokens.input)} → ${format.short(tokens.output)}`;
  const reason =
    record.status === 'failed' ? (failureWords(record.errorCode, t) ?? record.errorMessage ?? '') : '';
  // Where nobody answered, who was asked last.
  const endpoint = names.endpoint(record.endpointId ?? record.attempts.at(-1)?.endpointId ?? null);
  const stamp = format.stamp(record.time, Date.now());
  const hasAccount = record.accountId !== null && record.accountId !== 'none';
  const account = hasAccount ? names.account(record.endpointId, record.accountId) : '';
  const tries = record.attempts.length;
  const mark = <StateMark tone={recordTone[record.status]} label={t(`record.${record.status}`)} />;
  const model = (
    <span
      className={cells.name}
      title={renamed ? `${record.clientModel} → ${record.upstreamModel}` : record.clientModel}
    >
      <span>{record.clientModel || operationWords(record.operation, t)}</span>
      {renamed && <span className={cells.upstream}>→ {record.upstreamModel}</span>}
      {record.status === 'failed' && <span className={cells.code}>{record.httpStatus}</span>}
    </span>
  );

  if (tall) {
    return (
      <>
        {mark}
        {model}
        <span className={cells.number}>{format.duration(record.totalMs)}</span>
        <span className={`${cells.quiet} ${cells.second}`}>
          {[stamp, endpoint, reason || used].filter(Boolean).join(' · ')}
        </span>
      </>
    );
  }
  return (
    <>
      {mark}
      <time className={cells.quiet} title={format.momentExact(record.time)}>
        {stamp}
      </time>
      {model}
      <span className={cells.quiet} title={tries > 1 ? t('column.tries', { count: tries }) : undefined}>
        {endpoint}
        {tries > 1 && <span className={classes.tries}>×{tries}</span>}
      </span>
      <span className={`${cells.quiet} ${classes.account}`}>{account}</span>
      <span className={`${cells.quiet} ${classes.key}`}>{names.clientKey(record.clientKeyId)}</span>
      {reason ? (
        <span className={`${cells.quiet} ${classes.reason}`} title={reason}>
          {reason}
        </span>
      ) : (
        <>
          <span className={cells.number}>{used}</span>
          <span className={cells.number}>
            {record.firstTokenMs === null ? '' : format.duration(record.firstTokenMs)}
          </span>
        </>
      )}
      <span className={cells.number}>{format.duration(record.totalMs)}</span>
      <span className={`${cells.number} ${classes.cost}`}>
        {record.costUsd === null ? '' : format.usdFine(record.costUsd)}
      </span>
    </>
  );
}
