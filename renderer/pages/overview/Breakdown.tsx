import { useTranslation } from 'react-i18next';
import type { BreakdownRow } from '../../../main/contract/schemas/usage.ts';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './Breakdown.module.css';

const shown = 6;

interface Props {
  title: string;
  rows: readonly BreakdownRow[] | undefined;
  /** Names are model names or addresses: set in monospace. */
  technical?: boolean;
  /** Another name for a row's key, in the user's language. */
  nameOf?(key: string): string;
}

/** Who used how much, most first. The hairline below a name is its share. */
export function Breakdown({ title, rows, technical = false, nameOf }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const sorted = [...(rows ?? [])].sort((a, b) => b.requests - a.requests).slice(0, shown);
  const most = sorted[0]?.requests ?? 0;

  return (
    <Section title={title}>
      {sorted.length > 0 ? (
        <ul className={classes.rows}>
          {sorted.map((row) => {
            const name = nameOf?.(row.key) || row.name || row.key;
            const tokens = row.inputTokens + row.outputTokens;
            return (
              <li key={row.key} className={classes.row}>
                <span className={technical ? classes.technical : classes.name} title={name}>
                  {name}
                </span>
                <span className={classes.cost} title={format.usdExact(row.costUsd)}>
                  {format.usd(row.costUsd)}
                </span>
                <svg
                  className={classes.share}
                  viewBox="0 0 100 2"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <rect width={most > 0 ? (row.requests / most) * 100 : 0} height="2" />
                </svg>
                <span className={classes.sums} title={format.exact(tokens)}>
                  {t('breakdown.sums', {
                    count: row.requests,
                    requests: format.count(row.requests),
                    tokens: format.short(tokens),
                  })}
                </span>
              </li>
            );
          })}
        </ul>
      ) : (
        <p className={classes.none}>{rows ? t('breakdown.none') : ''}</p>
      )}
    </Section>
  );
}
