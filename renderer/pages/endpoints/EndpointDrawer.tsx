import { Drawer } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointView, Preset } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { endpointName } from '../../components/endpointName.ts';
import { useLeaveForm } from '../../components/useLeaveForm.ts';
import { EndpointForm, type FormStart } from './EndpointForm.tsx';
import { PresetPicker } from './PresetPicker.tsx';
import type { PastedSetup } from './parsePaste.ts';
import { presetName } from './presetChoice.ts';
import { presetOf } from './providerUrl.ts';
import { valuesOfPaste } from './valuesOfPaste.ts';

/** `'new'` for another endpoint; `copy` for one that begins as another stands. */
export type DrawerTarget = 'new' | { edit: EndpointView; start?: FormStart } | { copy: FormStart };

interface Props {
  /** Null while closed. */
  target: DrawerTarget | null;
  hasDemo: boolean;
  onClose(): void;
  onSaved(id: string): void;
}

/** Slides in from the right: first where requests go, then how. */
export function EndpointDrawer({ target, hasDemo, onClose, onSaved }: Props) {
  const { t, i18n } = useTranslation();
  const { endpoints } = useOperations();
  const demo = useMutation(endpoints.createDemo.mutationOptions());
  const presets = useQuery({ ...endpoints.presets.queryOptions(), enabled: target !== null });
  const [picked, setPicked] = useState<{ preset: Preset | null; start?: FormStart } | null>(null);

  // However it was left, the next one begins with the choice.
  if (target === null && picked !== null) setPicked(null);

  function leave() {
    setPicked(null);
    onClose();
  }
  const form = useLeaveForm(target !== null, leave);

  function saved(id: string) {
    setPicked(null);
    onSaved(id);
  }
  function paste(setup: PastedSetup) {
    const preset = presetOf(presets.data ?? [], setup.baseUrl ?? '');
    setPicked({ preset, start: { change: valuesOfPaste(setup, { keys: '', baseUrl: '' }) } });
  }

  const editing = target !== null && target !== 'new' && 'edit' in target ? target : null;
  const copying = target !== null && target !== 'new' && 'copy' in target ? target.copy : null;
  const preset = picked?.preset ?? presetOf(presets.data ?? [], editing?.edit.baseUrl ?? '');
  let title = t('endpoints.add');
  if (editing) title = endpointName(editing.edit, t);
  else if (picked?.preset) title = presetName(picked.preset, i18n.language);
  const start = editing?.start ?? copying ?? picked?.start;

  return (
    <Drawer opened={target !== null} onClose={form.leave} title={title}>
      {target === 'new' && picked === null && (
        <PresetPicker
          hasDemo={hasDemo}
          onPick={(choice) => setPicked({ preset: choice })}
          onPaste={paste}
          onDemo={() => demo.mutate(undefined, { onSuccess: ({ id }) => saved(id) })}
        />
      )}
      {(editing || copying || (target === 'new' && picked)) && (
        <EndpointForm
          endpoint={editing?.edit ?? null}
          preset={preset}
          {...(start ? { start } : {})}
          onTyped={form.onTyped}
          onSaved={saved}
          onCancel={leave}
        />
      )}
    </Drawer>
  );
}
