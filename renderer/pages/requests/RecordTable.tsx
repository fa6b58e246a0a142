import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { NamesOnce } from '../../components/NamesOnce.tsx';
import cells from '../../components/RowList.module.css';
import { RowList } from '../../components/RowList.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { RecordCells } from './RecordCells.tsx';
import classes from './RecordTable.module.css';
import type { RecordRows } from './useRecordRows.ts';

interface Props {
  rows: RecordRows;
  openId: string | null;
  onOpen(record: RequestRecord): void;
  /** Told when the list leaves its top and when it is back. */
  onScrolled(scrolled: boolean): void;
  onShowNew(): void;
}

const idOf = ({ id }: RequestRecord) => id;

export function RecordTable({ rows, openId, onOpen, onScrolled, onShowNew }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const { window, waiting, manyWaiting } = rows;
  return (
    <NamesOnce>
      <RowList
        label={t('nav.requests')}
        count={window.count()}
        at={window.at}
        keyOf={idOf}
        Cells={RecordCells}
        columns={classes.columns}
        openIndex={openId === null ? -1 : window.indexOf(openId)}
        onOpen={onOpen}
        onRange={window.show}
        onScrolled={onScrolled}
        scroller={scroller}
        head={
          <>
            <span />
            <span>{t('column.time')}</span>
            <span>{t('column.model')}</span>
            <span>{t('column.endpoint')}</span>
            <span className={classes.account}>{t('column.account')}</span>
            <span className={classes.key}>{t('column.key')}</span>
            <span className={cells.number}>{t('column.tokens')}</span>
            <span className={cells.number}>{t('column.firstToken')}</span>
            <span className={cells.number}>{t('column.total')}</span>
            <span className={`${cells.number} ${classes.cost}`}>{t('column.cost')}</span>
          </>
        }
      >
        {waiting > 0 && (
          <button
            type="button"
            className={classes.newer}
            onClick={() => {
              onShowNew();
              scroller.current?.scrollTo({ top: 0 });
            }}
          >
            {manyWaiting
              ? t('requests.manyNewer', { count: waiting, least: format.count(waiting) })
              : t('requests.newer', { count: waiting })}
          </button>
        )}
      </RowList>
    </NamesOnce>
  );
}
