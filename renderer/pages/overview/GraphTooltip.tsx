import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/useFormat.ts';
import classes from './GraphTooltip.module.css';
import type { Reading } from './graphReading.ts';
import type { GraphWords } from './graphWords.ts';

const distance = 14;

/** What one bucket holds, beside the pointer. Whoever can't see it is told by the graph itself. */
export function GraphTooltip({
  reading,
  left,
  words,
}: {
  reading: Reading;
  left: number;
  words: GraphWords;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);

  // On the side where there is room.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element?.parentElement) return;
    const room = element.parentElement.clientWidth;
    const width = element.offsetWidth;
    const right = left + distance + width <= room;
    element.style.transform = `translateX(${Math.max(0, right ? left + distance : left - distance - width)}px)`;
  });

  return (
    <div ref={box} className={classes.box} aria-hidden="true">
      <p className={classes.when}>{words.when(reading)}</p>
      <dl className={classes.rows}>
        {words.lineName && (
          <div>
            <dt>{words.lineName}</dt>
            <dd>{words.lineValue(reading)}</dd>
          </div>
        )}
        <div>
          <dt>{words.requestsName}</dt>
          <dd>{format.exact(reading.requests)}</dd>
        </div>
        <div className={reading.errors > 0 ? classes.bad : undefined}>
          <dt>{t('graph.errors')}</dt>
          <dd>{format.exact(reading.errors)}</dd>
        </div>
      </dl>
    </div>
  );
}
