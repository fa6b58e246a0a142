import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { endpointName } from '../../components/endpointName.ts';
import type { DragNews } from './useDragOrder.ts';

/** What a screen reader is told while a row is carried about. */
export function DragNewsWords({
  news,
  endpoints,
}: {
  news: DragNews | null;
  endpoints: readonly EndpointView[];
}) {
  const { t } = useTranslation();
  const endpoint = endpoints.find(({ id }) => id === news?.id);
  if (!news || !endpoint) return null;
  return t(`endpoints.drag.${news.what}`, {
    name: endpointName(endpoint, t),
    place: news.place + 1,
    total: endpoints.length,
  });
}
