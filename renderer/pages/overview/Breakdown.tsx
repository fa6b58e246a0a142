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
}

/** Who used how much, most first. The hairline below a name is its share. */
export function Breakdown({ title, rows, technical = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const sorted = [...(rows ?? [])].sort((a, b) => b.requests - a.requests).slice(0, shown);
  const most = sorted[0]?.requests ?? 0;

  return (
    <Section title={title}>
      {sorted.length > 0 ? (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className={classes.hidden}>{title}</span>
              </th>
              <th scope="col">{t('breakdown.requests')}</th>
              <th scope="col">{t('breakdown.tokens')}</th>
              <th scope="col">{t('breakdown.cost')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.key}>
                <th scope="row" title={row.name}>
                  <span className={technical ? classes.technical : classes.name}>{row.name || row.key}</span>
                  <svg
                    className={classes.share}
                    viewBox="0 0 100 2"
                    preserveAspectRatio="none"
                    aria-hidden="true"
                  >
                    <rect width={most > 0 ? (row.requests / most) * 100 : 0} height="2" />
                  </svg>
                </th>
                <td title={format.exact(row.requests)}>{format.count(row.requests)}</td>
                <td title={format.exact(row.inputTokens + row.outputTokens)}>
                  {format.short(row.inputTokens + row.outputTokens)}
                </td>
                <td title={format.usdExact(row.costUsd)}>{format.usd(row.costUsd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className={classes.none}>{rows ? t('breakdown.none') : ''}</p>
      )}
    </Section>
  );
}
