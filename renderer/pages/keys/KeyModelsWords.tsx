import { useTranslation } from 'react-i18next';
import { splitRules } from '../../../main/contract/modelRules.ts';
import { ownRules } from './keyForm.ts';

/** What a key's list of models lets through, in one line. */
export function KeyModelsWords({ models }: { models: readonly string[] }) {
  const { t } = useTranslation();
  const own = ownRules(models);
  const { named, excluded } = splitRules(own);
  if (named.length > 0) return own.join(', ');
  return excluded.length > 0 ? t('keys.allBut', { names: excluded.join(', ') }) : t('keys.allModels');
}
