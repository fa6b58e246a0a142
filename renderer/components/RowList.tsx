import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentType, memo, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import classes from './RowList.module.css';
import { useRowWalk } from './useRowWalk.ts';

const denseRow = 34;
const tallRow = 56;
/** Below this an item takes two lines. */
const narrow = 720;

export interface CellsProps<T> {
  item: T;
  /** Two lines instead of columns. */
  tall: boolean;
}

interface Props<T> {
  label: string;
  /** How many there are; of those `at` has no item for, the room is kept. */
  count: number;
  at(index: number): T | undefined;
  keyOf(item: T): string;
  /** What stands in a row. The same function all the time, or every row is drawn anew. */
  Cells: ComponentType<CellsProps<T>>;
  /** The names of the columns; left out where items take two lines. */
  head: ReactNode;
  /** Sets `grid-template-columns` of head and rows while they have columns. */
  columns: string | undefined;
  openIndex: number;
  onOpen(item: T): void;
  /** Told which rows are on the screen. */
  onRange?(first: number, last: number): void;
  onScrolled?(scrolled: boolean): void;
  scroller?: RefObject<HTMLDivElement | null>;
  busy?: boolean;
  /** Floats above the rows. */
  children?: ReactNode;
}

/** The dense list of a page. Only what is seen is drawn; arrow keys walk it, Enter opens, Tab leaves it for the panel. */
export function RowList<T>(props: Props<T>) {
  const {
    label,
    count,
    at,
    keyOf,
    Cells,
    head,
    columns = '',
    openIndex,
    onOpen,
    onRange,
    onScrolled,
  } = props;
  const own = useRef<HTMLDivElement>(null);
  const scroller = props.scroller ?? own;
  const { ref: measure, width } = useElementSize();
  const ref = useMergedRef(scroller, measure);
  const tall = width > 0 && width < narrow;
  const size = tall ? tallRow : denseRow;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const [focused, setFocused] = useState(0);
  const stop = focused >= first && focused <= last ? focused : first;
  const { walk, focusRow } = useRowWalk({
    scroller,
    count,
    openIndex,
    scrollTo: (index) => rows.scrollToIndex(index),
    onFollow(index) {
      const item = at(index);
      if (item !== undefined) onOpen(item);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what changed
  useEffect(() => rows.measure(), [size]);
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  useEffect(() => () => onScrolled?.(false), [onScrolled]);

  const lastOpen = useRef(openIndex);
  useEffect(() => {
    // Whoever closes the panel by key goes on where they opened it.
    if (openIndex < 0 && lastOpen.current >= 0 && document.activeElement === document.body)
      focusRow(lastOpen.current);
    lastOpen.current = openIndex;
  });

  return (
    <div className={classes.place}>
      {props.children}
      {!tall && (
        <div className={`${classes.head} ${columns}`} aria-hidden="true">
          {head}
        </div>
      )}
      <div
        ref={ref}
        className={classes.scroller}
        role="listbox"
        aria-label={label}
        aria-busy={props.busy}
        tabIndex={-1}
        onKeyDown={walk}
        onScroll={onScrolled && ((event) => onScrolled(event.currentTarget.scrollTop > 4))}
        onFocus={(event) => {
          const { index } = event.target.dataset;
          if (index !== undefined) setFocused(Number(index));
        }}
      >
        <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const item = at(index);
            return (
              <Row
                key={item === undefined ? index : keyOf(item)}
                item={item}
                Cells={Cells as ComponentType<CellsProps<unknown>>}
                index={index}
                count={count}
                top={start}
                height={size}
                tall={tall}
                columns={columns}
                open={index === openIndex}
                stop={index === stop}
                onOpen={onOpen as (item: unknown) => void}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  item: unknown;
  Cells: ComponentType<CellsProps<unknown>>;
  index: number;
  count: number;
  top: number;
  height: number;
  tall: boolean;
  columns: string;
  open: boolean;
  /** The one row that Tab comes to. */
  stop: boolean;
  onOpen(item: unknown): void;
}

const Row = memo(function Row(props: RowProps) {
  const { item, Cells, index, tall, columns, open, stop, onOpen } = props;
  return (
    <button
      type="button"
      role="option"
      className={`${classes.row} ${tall ? classes.tall : columns}`}
      aria-selected={open}
      aria-setsize={props.count}
      aria-posinset={index + 1}
      data-index={index}
      tabIndex={stop ? 0 : -1}
      onClick={() => item !== undefined && onOpen(item)}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      {item === undefined ? <span className={classes.blank} /> : <Cells item={item} tall={tall} />}
    </button>
  );
});
