import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '../../../main/contract/schemas/log.ts';
import { StateMark, type Tone } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './LogPage.module.css';

const tones: Record<LogLine['level'], Tone> = { debug: 'off', info: 'good', warn: 'wait', error: 'bad' };
const lineHeight = 22;
/** So close to the end counts as there. */
const nearEnd = 40;

/** The lines, only those in sight drawn. At the end it stays at the end; whoever scrolls up is left where they are. */
export function LogLines({ lines, children }: { lines: readonly LogLine[]; children?: React.ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => lines[index]?.number ?? index,
    overscan: 20,
  });
  const toEnd = () => rows.scrollToIndex(lines.length - 1, { align: 'end' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what it follows
  useEffect(() => {
    if (atEnd && lines.length > 0) toEnd();
  }, [lines, atEnd]);

  return (
    <div className={classes.place}>
      <section
        ref={scroller}
        className={classes.scroller}
        aria-label={t('logs.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
        tabIndex={0}
        onScroll={({ currentTarget: place }) =>
          setAtEnd(place.scrollHeight - place.scrollTop - place.clientHeight < nearEnd)
        }
      >
        {children}
        <div className={classes.rows} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={key}
                  ref={rows.measureElement}
                  data-index={index}
                  className={classes.line}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <span
                    className={classes.time}
                    title={line.time === null ? undefined : format.momentExact(line.time)}
                  >
                    {line.time !== null && format.stamp(line.time, Date.now())}
                  </span>
                  <span className={classes.level}>
                    <StateMark tone={tones[line.level]} />
                    {t(`logs.word.${line.level}`)}
                  </span>
                  <span className={classes.text}>{line.text}</span>
                </div>
              )
            );
          })}
        </div>
      </section>
      {!atEnd && (
        <div className={classes.foot}>
          <Button size="xs" onClick={toEnd}>
            {t('logs.toEnd')}
          </Button>
        </div>
      )}
    </div>
  );
}
