import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import { useRowWalk } from '../../components/useRowWalk.ts';
import { RecordRow } from './RecordRow.tsx';
import classes from './RecordTable.module.css';

const denseRow = 34;
const tallRow = 56;
/** Below this a record takes two lines. */
const narrow = 720;

interface Props {
  records: readonly RequestRecord[];
  /** Newer ones held back. */
  waiting: number;
  openId: string | null;
  onOpen(record: RequestRecord): void;
  /** Told when the list leaves its top and when it is back. */
  onScrolled(scrolled: boolean): void;
  onShowNew(): void;
  onEnd(): void;
  loading: boolean;
}

/** The dense list. Only what is seen is drawn; arrow keys walk it, Enter opens. */
export function RecordTable({
  records,
  waiting,
  openId,
  onOpen,
  onScrolled,
  onShowNew,
  onEnd,
  loading,
}: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measure, width } = useElementSize();
  const ref = useMergedRef(scroller, measure);
  const tall = width > 0 && width < narrow;
  const size = tall ? tallRow : denseRow;
  const rows = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    getItemKey: (index) => records[index]?.id ?? index,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what changed
  useEffect(() => rows.measure(), [size]);
  useEffect(() => {
    if (lastIndex >= records.length - 20) onEnd();
  }, [lastIndex, records.length, onEnd]);
  useEffect(() => () => onScrolled(false), [onScrolled]);

  const { walk } = useRowWalk({
    scroller,
    count: records.length,
    openIndex: openId === null ? -1 : records.findIndex((record) => record.id === openId),
    scrollTo: (index) => rows.scrollToIndex(index),
    onFollow(index) {
      const record = records[index];
      if (record) onOpen(record);
    },
  });

  return (
    <div className={classes.place}>
      {waiting > 0 && (
        <button
          type="button"
          className={classes.newer}
          onClick={() => {
            onShowNew();
            scroller.current?.scrollTo({ top: 0 });
          }}
        >
          {t('requests.newer', { count: waiting })}
        </button>
      )}
      {!tall && (
        <div className={classes.head} aria-hidden="true">
          <span />
          <span>{t('column.time')}</span>
          <span>{t('column.model')}</span>
          <span>{t('column.endpoint')}</span>
          <span>{t('column.key')}</span>
          <span className={classes.number}>{t('column.tokens')}</span>
          <span className={classes.number}>{t('column.firstToken')}</span>
          <span className={classes.number}>{t('column.total')}</span>
          <span className={classes.number}>{t('column.cost')}</span>
        </div>
      )}
      <div
        ref={ref}
        className={classes.scroller}
        role="listbox"
        aria-label={t('nav.requests')}
        aria-busy={loading}
        tabIndex={-1}
        onKeyDown={walk}
        onScroll={(event) => onScrolled(event.currentTarget.scrollTop > 4)}
      >
        <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const record = records[item.index];
            return (
              record && (
                <RecordRow
                  key={item.key}
                  record={record}
                  index={item.index}
                  count={records.length}
                  top={item.start}
                  height={size}
                  tall={tall}
                  open={record.id === openId}
                  onOpen={onOpen}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
