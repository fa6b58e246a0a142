import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BreakdownRow } from '../../../main/contract/schemas/usage.ts';
import { LinkRow } from '../../components/LinkRow.tsx';
import classes from './Breakdown.module.css';
import { isUnpriced, type Measure, measureOf, measures, useMeasureWords } from './measure.ts';

const shortList = 6;

interface Props {
  title: string;
  rows: readonly BreakdownRow[] | undefined;
  measure: Measure;
  /** Names are model names: set in monospace. */
  technical?: boolean;
  /** Another name for a row's key, in the user's language. */
  nameOf?(key: string): string;
  /** Which requests a row is about, as the Requests page is asked for them. */
  filterOf(key: string): Record<string, string>;
}

/** Who used how much, most first; a row leads to its requests. The hairline below a name is its share of the most. */
export function Breakdown({ title, rows, measure, technical = false, nameOf, filterOf }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const words = useMeasureWords();
  const [all, setAll] = useState(false);
  const sorted = [...(rows ?? [])].sort((a, b) => measureOf(b, measure) - measureOf(a, measure));
  const most = sorted[0] ? measureOf(sorted[0], measure) : 0;
  const others = measures.filter((other) => other !== measure);

  const noPrice = (row: BreakdownRow, of: Measure) => of === 'cost' && isUnpriced(row);
  const short = (row: BreakdownRow, of: Measure) =>
    noPrice(row, of) ? t('breakdown.unpriced') : words.short(of, measureOf(row, of));
  const exact = (row: BreakdownRow, of: Measure) =>
    noPrice(row, of) ? t('breakdown.unpriced') : words.exact(of, measureOf(row, of));

  return (
    <section className={classes.part} aria-labelledby={id}>
      <h3 id={id} className={classes.title}>
        {title}
      </h3>
      {sorted.length > 0 ? (
        <ul className={classes.rows}>
          {sorted.slice(0, all ? undefined : shortList).map((row) => {
            const called = row.gone ? t('names.gone', { name: row.name }) : row.name;
            const name = nameOf?.(row.key) || called || row.key || t('breakdown.unnamed');
            const value = measureOf(row, measure);
            const query = new URLSearchParams(filterOf(row.key));
            return (
              <li key={row.key}>
                <LinkRow href={`/requests?${query}`} className={classes.row}>
                  <span className={technical && row.key ? classes.technical : classes.name} title={name}>
                    {name}
                  </span>
                  <span title={exact(row, measure)}>{short(row, measure)}</span>
                  <svg
                    className={classes.share}
                    viewBox="0 0 100 2"
                    preserveAspectRatio="none"
                    aria-hidden="true"
                  >
                    <rect width={most > 0 ? (value / most) * 100 : 0} height="2" />
                  </svg>
                  <span className={classes.sums}>
                    {others.map((other) => (
                      <span key={other} title={exact(row, other)}>
                        {short(row, other)}
                      </span>
                    ))}
                    {row.errors > 0 && (
                      <span className={classes.errors}>{t('breakdown.errors', { count: row.errors })}</span>
                    )}
                  </span>
                </LinkRow>
              </li>
            );
          })}
        </ul>
      ) : (
        <p className={classes.none}>{rows ? t('breakdown.none') : ''}</p>
      )}
      {sorted.length > shortList && (
        <button type="button" className={classes.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('breakdown.less') : t('breakdown.all', { count: sorted.length })}
        </button>
      )}
    </section>
  );
}
