import { useTranslation } from 'react-i18next';
import type { ModelRoute } from '../../../main/contract/schemas/models.ts';
import { reasonWords } from '../../components/reasonWords.ts';

/** How an endpoint stands for a name, in a few words, with the reason where there is one. */
export function useRouteWords(): (route: ModelRoute) => string {
  const { t } = useTranslation();
  return ({ state, inactive, reason }) => {
    const standing = inactive && state !== 'off' ? t('models.inactive') : t(`models.state.${state}`);
    return reason === null ? standing : `${standing} · ${reasonWords(reason, t)}`;
  };
}
