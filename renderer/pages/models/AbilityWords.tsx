import { useTranslation } from 'react-i18next';
import type { ModelView } from '../../../main/contract/schemas/models.ts';

/** What the model is for, or can do besides text, as far as anybody says. */
export function AbilityWords({ model }: { model: Pick<ModelView, 'use' | 'abilities'> }) {
  const { t } = useTranslation();
  if (model.use !== 'chat') return t(`models.use.${model.use}`);
  return (model.abilities ?? []).map((ability) => t(`models.ability.${ability}`)).join(' · ');
}
