import { useTranslation } from 'react-i18next';
import type { RouteOrder } from '../../../main/contract/schemas/record.ts';

/** How the candidates came into their order, in a sentence or two; empty where there was no choice. */
export function useOrderWords(): (order: RouteOrder) => string {
  const { t } = useTranslation();
  return ({ strategy, sticky, peers, behind }) => {
    const sentences: string[] = [];
    const name = t(`settings.strategyName.${strategy}`);
    if (sticky) sentences.push(t('order.sticky'));
    else if (peers > 1) sentences.push(t('order.chosen', { count: peers, strategy: name }));
    if (behind > 0) sentences.push(t('order.behind', { count: behind }));
    return sentences.join(t('order.between'));
  };
}
