import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { Loading } from '../../components/Loading.tsx';
import classes from './PresetPicker.module.css';
import { type PastedSetup, parsePaste } from './parsePaste.ts';
import { groupPresets, presetName } from './presetChoice.ts';

interface Props {
  /** The demo endpoint is there already: not offered again. */
  hasDemo: boolean;
  onPick(preset: Preset | null): void;
  /** A curl line, variables or an address were pasted instead. */
  onPaste(setup: PastedSetup): void;
  onDemo(): void;
}

/** Also where the list is still on its way when the drawer opens. */
const takeFocus = (field: HTMLInputElement | null) => field?.focus();

/** Where do your requests go? The providers people use, the demo, or any other compatible server. */
export function PresetPicker({ hasDemo, onPick, onPaste, onDemo }: Props) {
  const { t, i18n } = useTranslation();
  const [wanted, setWanted] = useState('');
  const presets = useQuery(useOperations().endpoints.presets.queryOptions());
  if (!presets.data) return <Loading error={presets.error} />;
  const groups = groupPresets(presets.data, wanted);
  const only = groups.length === 1 && groups[0]?.presets.length === 1 ? groups[0].presets[0] : undefined;

  return (
    <div className={classes.picker}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const setup = parsePaste(wanted);
          if (setup) onPaste(setup);
          else if (only) onPick(only);
        }}
      >
        <TextInput
          ref={takeFocus}
          type="search"
          label={t('endpoints.pick')}
          description={t('endpoints.pickNote')}
          placeholder={t('endpoints.pickPlaceholder')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          onPaste={(event) => {
            const setup = parsePaste(event.clipboardData.getData('text'));
            if (!setup) return;
            event.preventDefault();
            onPaste(setup);
          }}
          spellCheck={false}
          autoComplete="off"
        />
      </form>
      {groups.map(({ group, presets: members }) => (
        <section key={group} aria-labelledby={`presets-${group}`}>
          <h3 id={`presets-${group}`} className={classes.group}>
            {t(`endpoints.presetGroup.${group}`)}
          </h3>
          <ul className={classes.grid}>
            {members.map((preset) => (
              <li key={preset.id}>
                <button type="button" className={classes.choice} onClick={() => onPick(preset)}>
                  <span className={classes.name}>{presetName(preset, i18n.language)}</span>
                  <span className={classes.host}>{hostOf(preset.baseUrl)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && (
        <p className={classes.note} role="status">
          {t('endpoints.noPreset')}
        </p>
      )}
      <ul className={classes.others}>
        <li>
          <button type="button" className={classes.choice} onClick={() => onPick(null)}>
            <span className={classes.name}>{t('endpoints.other')}</span>
            <span className={classes.words}>{t('endpoints.otherNote')}</span>
          </button>
        </li>
        {!hasDemo && (
          <li>
            <button type="button" className={classes.choice} onClick={onDemo}>
              <span className={classes.name}>{t('endpoints.demo')}</span>
              <span className={classes.words}>{t('endpoints.demoNote')}</span>
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl.replace(/^https?:\/\//, '');
}
