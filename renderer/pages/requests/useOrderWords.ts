import { useTranslation } from 'react-i18next';
import type { RouteOrder } from '../../../main/contract/schemas/record.ts';

/** How the candidates came into their order, in a sentence or two; empty where there was no choice. */
export function useOrderWords(): (order: RouteOrder) => string {
  const { t } = useTranslation();
  return ({ strategy, sticky, peers, behind }) => {
    const name = t(`settings.strategyName.${strategy}`);
    let first = '';
    if (sticky) first = t('order.sticky');
    else if (peers > 1) first = t('order.chosen', { count: peers, strategy: name });
    const second = behind > 0 ? t('order.behind', { count: behind }) : '';
    return first && second ? t('order.both', { first, second }) : first || second;
  };
}
