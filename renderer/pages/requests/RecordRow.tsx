import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { recordTone } from '../../components/recordTone.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import { operationWords } from './operationWords.ts';
import classes from './RecordTable.module.css';

interface Props {
  record: RequestRecord;
  index: number;
  count: number;
  top: number;
  height: number;
  /** Two lines instead of nine columns. */
  tall: boolean;
  open: boolean;
  onOpen(record: RequestRecord): void;
}

export const RecordRow = memo(function RecordRow({
  record,
  index,
  count,
  top,
  height,
  tall,
  open,
  onOpen,
}: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { tokens } = record;
  const renamed = record.upstreamModel !== null && record.upstreamModel !== record.clientModel;
  const estimated = tokens.source === 'estimated' ? '~' : '';
  const used =
    tokens.source === 'none'
      ? ''
      : `${estimated}${format.short(tokens.input)} → ${format.short(tokens.output)}`;
  const mark = <StateMark tone={recordTone[record.status]} label={t(`record.${record.status}`)} />;
  const model = (
    <span
      className={classes.model}
      title={renamed ? `${record.clientModel} → ${record.upstreamModel}` : record.clientModel}
    >
      <span>{record.clientModel || operationWords(record.operation, t)}</span>
      {renamed && <span className={classes.upstream}>→ {record.upstreamModel}</span>}
      {record.status === 'failed' && <span className={classes.bad}>{record.httpStatus}</span>}
    </span>
  );
  const shared = {
    type: 'button',
    role: 'option',
    'aria-selected': open,
    'aria-setsize': count,
    'aria-posinset': index + 1,
    'data-index': index,
    onClick: () => onOpen(record),
    style: { height, transform: `translateY(${top}px)` },
  } as const;

  if (tall) {
    return (
      <button {...shared} className={`${classes.row} ${classes.tall}`}>
        {mark}
        {model}
        <span className={classes.number}>{format.duration(record.totalMs)}</span>
        <span className={`${classes.quiet} ${classes.second}`}>
          {[format.clockSeconds(record.time), names.endpoint(record.endpointId), used]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
    );
  }
  return (
    <button {...shared} className={classes.row}>
      {mark}
      <time className={classes.time} title={format.momentExact(record.time)}>
        {format.clockSeconds(record.time)}
      </time>
      {model}
      <span className={classes.quiet}>{names.endpoint(record.endpointId)}</span>
      <span className={classes.quiet}>{names.clientKey(record.clientKeyId)}</span>
      <span className={classes.number}>{used}</span>
      <span className={classes.number}>
        {record.firstTokenMs === null ? '' : format.duration(record.firstTokenMs)}
      </span>
      <span className={classes.number}>{format.duration(record.totalMs)}</span>
      <span className={classes.number}>{record.costUsd === null ? '' : format.usd(record.costUsd)}</span>
    </button>
  );
});
