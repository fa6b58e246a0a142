import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
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

  function focusRow(index: number): boolean {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    row?.focus();
    return row !== null && row !== undefined;
  }

  function walk(event: React.KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index;
    const from =
      focused !== undefined ? Number(focused) : records.findIndex((record) => record.id === openId);
    const to = Math.min(records.length - 1, Math.max(0, from + step));
    const record = records[to];
    if (!record) return;
    event.preventDefault();
    rows.scrollToIndex(to);
    if (openId) onOpen(record);
    if (!focusRow(to)) requestAnimationFrame(() => focusRow(to));
  }

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
