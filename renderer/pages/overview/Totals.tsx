import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span, UsageSummary, UsageTotals } from '../../../main/contract/schemas/usage.ts';
import { Figure } from '../../components/Figure.tsx';
import { Section } from '../../components/Section.tsx';
import { successShare } from '../../components/successShare.ts';
import { useFormat } from '../../format/useFormat.ts';
import { changeOf } from './changeOf.ts';
import classes from './Totals.module.css';
import { useCsvExport } from './useCsvExport.ts';

/** A dash where there is nothing to say yet. */
const none = '–';

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
  const write = (value: number | undefined, words: (value: number) => string) =>
    value === undefined ? none : words(value);
  const exact = (value: number | undefined) => (value === undefined ? undefined : format.exact(value));
  const firstToken = totals?.firstTokenMs ?? null;
  const unpriced = totals?.unpriced ?? 0;
  const cost = totals && format.usdExact(totals.costUsd);

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
          value={write(totals?.requests, format.count)}
          exact={exact(totals?.requests)}
          change={changeIn((sums) => sums.requests)}
        />
        <Figure
          label={t('figure.success')}
          value={share === null ? none : format.percent(share)}
          exact={totals && t('figure.failed', { count: totals.errors })}
          change={changeIn(successShare, true)}
        />
        <Figure
          label={t('figure.firstToken')}
          value={firstToken === null ? none : format.duration(firstToken)}
          change={changeIn((sums) => sums.firstTokenMs)}
        />
        <Figure
          label={t('figure.cost')}
          value={write(totals?.costUsd, format.usd)}
          exact={unpriced > 0 && cost ? t('figure.costUnpriced', { amount: cost, count: unpriced }) : cost}
          change={changeIn((sums) => sums.costUsd)}
        />
        <Figure
          label={t('figure.input')}
          value={write(totals?.inputTokens, format.short)}
          exact={exact(totals?.inputTokens)}
          change={changeIn((sums) => sums.inputTokens)}
        />
        <Figure
          label={t('figure.output')}
          value={write(totals?.outputTokens, format.short)}
          exact={exact(totals?.outputTokens)}
          change={changeIn((sums) => sums.outputTokens)}
        />
        <Figure
          label={t('figure.cached')}
          value={write(totals?.cachedTokens, format.short)}
          exact={exact(totals?.cachedTokens)}
          change={changeIn((sums) => sums.cachedTokens)}
        />
        <Figure
          label={t('figure.reasoning')}
          value={write(totals?.reasoningTokens, format.short)}
          exact={exact(totals?.reasoningTokens)}
          change={changeIn((sums) => sums.reasoningTokens)}
        />
      </dl>
      <p className={classes.note}>
        {comparison ? t(`overview.compared.${span}`) : totals && t('overview.notCompared')}
      </p>
    </Section>
  );
});
