import { useTranslation } from 'react-i18next';
import type { UsageTotals } from '../../main/contract/schemas/usage.ts';
import { useFormat } from '../format/useFormat.ts';
import { exactCost } from './exactCost.ts';
import { Figure } from './Figure.tsx';
import { successShare } from './successShare.ts';

interface Props {
  /** What the first of them is called: "Today" where no title says so. */
  requestsLabel: string;
  today: UsageTotals | undefined;
}

/** The day since midnight in four figures. */
export function TodayFigures({ requestsLabel, today }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = today ? successShare(today) : null;
  return (
    <>
      <Figure
        label={requestsLabel}
        value={today && format.count(today.requests)}
        exact={today && format.exact(today.requests)}
      />
      <Figure label={t('figure.success')} value={share === null ? null : format.percent(share)} />
      <Figure
        label={t('figure.tokens')}
        value={today && format.short(today.inputTokens + today.outputTokens)}
        exact={
          today &&
          t('figure.tokensExact', {
            input: format.exact(today.inputTokens),
            output: format.exact(today.outputTokens),
          })
        }
      />
      <Figure
        label={t('figure.cost')}
        value={today && format.usd(today.costUsd)}
        exact={today && exactCost(today, format, t)}
      />
    </>
  );
}
