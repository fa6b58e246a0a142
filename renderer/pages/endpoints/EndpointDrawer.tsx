import { Drawer } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView, Preset } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { endpointName } from '../../components/endpointName.ts';
import { EndpointForm } from './EndpointForm.tsx';
import { PresetPicker } from './PresetPicker.tsx';

interface Props {
  /** The endpoint to change, `'new'` for another one, null while closed. */
  target: EndpointView | 'new' | null;
  hasDemo: boolean;
  onClose(): void;
  onSaved(id: string): void;
}

/** Slides in from the right: first where requests go, then how. */
export function EndpointDrawer({ target, hasDemo, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const demo = useMutation(useOperations().endpoints.createDemo.mutationOptions());
  const [picked, setPicked] = useState<Preset | 'other' | null>(null);

  function leave() {
    setPicked(null);
    onClose();
  }
  function saved(id: string) {
    setPicked(null);
    onSaved(id);
  }

  const endpoint = target === 'new' ? null : target;
  const picking = target === 'new' && picked === null;
  let title = t('endpoints.add');
  if (endpoint) title = endpointName(endpoint, t);
  else if (picked && picked !== 'other') title = picked.name;

  return (
    <Drawer opened={target !== null} onClose={leave} title={title}>
      {picking && (
        <PresetPicker
          hasDemo={hasDemo}
          onPick={(preset) => setPicked(preset ?? 'other')}
          onDemo={() => demo.mutate(undefined, { onSuccess: ({ id }) => saved(id) })}
        />
      )}
      {target !== null && !picking && (
        <EndpointForm
          endpoint={endpoint}
          preset={picked === 'other' ? null : picked}
          onSaved={saved}
          onCancel={leave}
        />
      )}
    </Drawer>
  );
}
