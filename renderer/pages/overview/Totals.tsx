import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span, UsageSummary, UsageTotals } from '../../../main/contract/schemas/usage.ts';
import { exactCost } from '../../components/exactCost.ts';
import { Figure } from '../../components/Figure.tsx';
import { Section } from '../../components/Section.tsx';
import { successShare } from '../../components/successShare.ts';
import { useFormat } from '../../format/useFormat.ts';
import { changeOf } from './changeOf.ts';
import classes from './Totals.module.css';
import { useCsvExport } from './useCsvExport.ts';

const tokenKinds = ['input', 'output', 'cached', 'reasoning'] as const;

const arrows = { up: '↑', down: '↓', same: '=' } as const;

interface Props {
  span: Span;
  summary: UsageSummary | undefined;
}

/** The span in eight numbers, each against the same stretch a span earlier. */
export const Totals = memo(function Totals({ span, summary }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const exportCsv = useCsvExport(span);
  const totals = summary?.totals;
  const comparison = summary?.comparison;

  /** "↑ 12 %" against the span before. `points`: the numbers are shares, and what is said is their difference. */
  function changeIn(read: (sums: UsageTotals) => number | null, points = false): string | undefined {
    if (!comparison) return undefined;
    const change = changeOf(read(comparison.current), read(comparison.before), points);
    if (!change) return undefined;
    if (change.direction === 'same') return arrows.same;
    const amount = format.exact(change.amount);
    return `${arrows[change.direction]} ${t(`figure.change.${change.unit}`, { amount })}`;
  }

  const share = totals ? successShare(totals) : null;
  const firstToken = totals?.firstTokenMs ?? null;

  return (
    <Section
      title={t('overview.totals', { span: t(`span.long.${span}`) })}
      action={
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconDownload size={14} />}
          loading={exportCsv.isPending}
          disabled={!totals?.requests}
          onClick={() => exportCsv.mutate()}
        >
          {t('overview.export')}
        </Button>
      }
    >
      <dl className={classes.figures}>
        <Figure
          label={t('figure.requests')}
          value={totals && format.count(totals.requests)}
          exact={totals && format.exact(totals.requests)}
          change={changeIn((sums) => sums.requests)}
        />
        <Figure
          label={t('figure.success')}
          value={share === null ? null : format.percent(share)}
          exact={totals && t('figure.failed', { count: totals.errors })}
          change={changeIn(successShare, true)}
        />
        <Figure
          label={t('figure.firstToken')}
          value={firstToken === null ? null : format.duration(firstToken)}
          change={changeIn((sums) => sums.firstTokenMs)}
        />
        <Figure
          label={t('figure.cost')}
          value={totals && format.usd(totals.costUsd)}
          exact={totals && exactCost(totals, format, t)}
          change={changeIn((sums) => sums.costUsd)}
        />
        {tokenKinds.map((kind) => (
          <Figure
            key={kind}
            label={t(`figure.${kind}`)}
            value={totals && format.short(totals[`${kind}Tokens`])}
            exact={totals && format.exact(totals[`${kind}Tokens`])}
            change={changeIn((sums) => sums[`${kind}Tokens`])}
          />
        ))}
      </dl>
      <p className={classes.note}>
        {comparison ? t(`overview.compared.${span}`) : totals && t('overview.notCompared')}
      </p>
    </Section>
  );
});
