import { useTranslation } from 'react-i18next';
import type { ModelRoute } from '../../../main/contract/schemas/models.ts';
import { reasonLine } from '../../components/reasonWords.ts';

/** How an endpoint stands for a name, in a few words, with the reason where there is one. */
export function useRouteWords(): (route: ModelRoute) => string {
  const { t } = useTranslation();
  return ({ state, inactive, why }) => {
    const standing = inactive && state !== 'off' ? t('models.inactive') : t(`models.state.${state}`);
    return why === null ? standing : `${standing} · ${reasonLine(why, t)}`;
  };
}
