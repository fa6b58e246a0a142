import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../main/contract/schemas/models.ts';
import { useRowWalk } from '../../components/useRowWalk.ts';
import { ModelRow } from './ModelRow.tsx';
import classes from './ModelTable.module.css';

const denseRow = 34;
const tallRow = 56;
/** Below this a model takes two lines. */
const narrow = 720;

interface Props {
  models: readonly ModelView[];
  openId: string | null;
  onOpen(id: string): void;
}

/** The dense list. Only what is seen is drawn; arrow keys walk it, Enter opens, Tab leaves it for the panel. */
export function ModelTable({ models, openId, onOpen }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measure, width } = useElementSize();
  const ref = useMergedRef(scroller, measure);
  const tall = width > 0 && width < narrow;
  const size = tall ? tallRow : denseRow;
  const rows = useVirtualizer({
    count: models.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    getItemKey: (index) => models[index]?.id ?? index,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const openIndex = openId === null ? -1 : models.findIndex(({ id }) => id === openId);
  const [focused, setFocused] = useState(0);
  const stop = items.some(({ index }) => index === focused) ? focused : (items[0]?.index ?? 0);
  const { walk, focusRow } = useRowWalk({
    scroller,
    count: models.length,
    openIndex,
    scrollTo: (index) => rows.scrollToIndex(index),
    onFollow(index) {
      const model = models[index];
      if (model) onOpen(model.id);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row height is what changed
  useEffect(() => rows.measure(), [size]);

  const lastOpen = useRef(openIndex);
  useEffect(() => {
    // Whoever closes the panel by key goes on where they opened it.
    if (openIndex < 0 && lastOpen.current >= 0 && document.activeElement === document.body)
      focusRow(lastOpen.current);
    lastOpen.current = openIndex;
  });

  return (
    <div className={classes.place}>
      {!tall && (
        <div className={classes.head} aria-hidden="true">
          <span />
          <span>{t('models.column.name')}</span>
          <span>{t('models.column.endpoints')}</span>
          <span>{t('models.column.abilities')}</span>
          <span className={classes.number}>{t('models.column.context')}</span>
          <span className={classes.number} title={t('models.perMillion')}>
            {t('models.column.price')}
          </span>
        </div>
      )}
      <div
        ref={ref}
        className={classes.scroller}
        role="listbox"
        aria-label={t('nav.models')}
        tabIndex={-1}
        onKeyDown={walk}
        onFocus={(event) => {
          const { index } = event.target.dataset;
          if (index !== undefined) setFocused(Number(index));
        }}
      >
        <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const model = models[item.index];
            return (
              model && (
                <ModelRow
                  key={item.key}
                  model={model}
                  index={item.index}
                  count={models.length}
                  top={item.start}
                  height={size}
                  tall={tall}
                  open={item.index === openIndex}
                  stop={item.index === stop}
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
