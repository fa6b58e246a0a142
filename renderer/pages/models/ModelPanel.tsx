import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelPreview, ModelView } from '../../../main/contract/schemas/models.ts';
import { useOperations } from '../../api/session.ts';
import { Loading } from '../../components/Loading.tsx';
import { SidePanel, SidePanelBody } from '../../components/SidePanel.tsx';
import { ModelAliases } from './ModelAliases.tsx';
import { ModelOverrides } from './ModelOverrides.tsx';
import { RoutePreview } from './RoutePreview.tsx';
import { TryModel } from './TryModel.tsx';
import { isTriable } from './triable.ts';

interface Props {
  id: string;
  /** Null where no list names it: a pattern may still catch it. */
  model: ModelView | null;
  onClose(): void;
}

/** Milliseconds until the first one that was passed over is back: the plan is then another. */
function untilNextChange(preview: ModelPreview | undefined): number | false {
  const times = (preview?.skipped ?? []).flatMap(({ until }) => until ?? []);
  return times.length > 0 ? Math.max(1000, Math.min(...times) - Date.now()) : false;
}

/** One name: where a request for it goes, how it answers, what else it is called, what it costs. */
export function ModelPanel({ id, model, onClose }: Props) {
  const { t } = useTranslation();
  const preview = useQuery({
    ...useOperations().models.preview.queryOptions({ input: { model: id } }),
    refetchInterval: ({ state }) => untilNextChange(state.data),
  });

  return (
    <SidePanel label={t('models.detail')} title={id} onClose={onClose}>
      {preview.data ? (
        <SidePanelBody>
          <RoutePreview id={id} model={model} preview={preview.data} />
          {isTriable(model) && <TryModel id={id} model={model} preview={preview.data} />}
          <ModelAliases id={id} model={model} preview={preview.data} />
          <ModelOverrides known={preview.data.known} />
        </SidePanelBody>
      ) : (
        <Loading error={preview.error} />
      )}
    </SidePanel>
  );
}
