// The kinds of settings: a choice, a switch, a number, a text. Each saves by itself: at once, or when its field is left.
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsPatch } from '../../api/useSettings.ts';
import { type Fallback, SettingRow } from './SettingRow.tsx';
import { type Setting, useSetting } from './useSetting.ts';

interface Common<Value> {
  label: string;
  note: React.ReactNode;
  warning?: string | null;
  value: Value;
  /** What it is where nobody said anything; there is a way back to it. */
  fallback?: Value;
  patch(value: Value): SettingsPatch;
}

/** The way back to the default, where the value is another one. */
function wayBack<Value>(
  { value, fallback, patch }: Common<Value>,
  setting: Setting,
  text: (value: Value) => string,
): Fallback | null {
  if (fallback === undefined || fallback === value) return null;
  return { text: text(fallback), restore: () => setting.save(patch(fallback)) };
}

interface ChoiceProps<Value extends string> extends Common<Value> {
  options: readonly { value: Value; label: string }[];
  /** A long list: it is searched in. */
  search?: boolean;
}

export function ChoiceSetting<Value extends string>(props: ChoiceProps<Value>) {
  const { label, note, warning, value, options, search = false, patch } = props;
  const { t } = useTranslation();
  const setting = useSetting();
  const named = (wanted: Value) => options.find((option) => option.value === wanted)?.label ?? wanted;
  return (
    <SettingRow
      label={label}
      note={note}
      warning={warning}
      error={setting.error}
      fallback={wayBack(props, setting, named)}
      keywords={search ? '' : options.map((option) => option.label).join(' ')}
    >
      {(ids) => (
        <Select
          {...ids}
          w={search ? 240 : 200}
          data={[...options]}
          value={value}
          allowDeselect={false}
          searchable={search}
          limit={search ? 80 : Number.POSITIVE_INFINITY}
          nothingFoundMessage={t('settings.nothingFound')}
          onChange={(next) => next && next !== value && setting.save(patch(next as Value))}
        />
      )}
    </SettingRow>
  );
}

export function SwitchSetting(props: Common<boolean>) {
  const { label, note, warning, value, patch } = props;
  const { t } = useTranslation();
  const setting = useSetting();
  const fallback = wayBack(props, setting, (on) => t(on ? 'settings.on' : 'settings.off'));
  return (
    <SettingRow label={label} note={note} warning={warning} error={setting.error} fallback={fallback}>
      {(ids) => (
        <Switch
          {...ids}
          // Counts where the words beside it are scrolled away.
          aria-label={label}
          checked={value}
          onChange={(event) => setting.save(patch(event.currentTarget.checked))}
        />
      )}
    </SettingRow>
  );
}

/** Decides whether a new value needs a word first; it then calls `save` itself. */
type Ask<Value> = (value: Value, save: () => void) => boolean;

interface NumberProps extends Common<number> {
  unit?: string;
  min?: number;
  max?: number;
  ask?: Ask<number>;
}

export function NumberSetting(props: NumberProps) {
  const { label, note, warning, value, unit, min = 0, max, patch, ask } = props;
  const { t } = useTranslation();
  const setting = useSetting();
  const [draft, setDraft] = useState<number | '' | null>(null);
  const suffix = unit ? ` ${unit}` : '';
  const wrong = typeof draft === 'number' && (draft < min || (max !== undefined && draft > max));

  /** What can't be taken stays in its field, with the reason beside it. */
  function commit() {
    if (wrong) return;
    if (typeof draft !== 'number' || draft === value) {
      setDraft(null);
      setting.reset();
      return;
    }
    const save = () => setting.save(patch(draft), () => setDraft(null));
    if (ask?.(draft, save)) setDraft(null);
    else save();
  }

  const range = max === undefined ? t('settings.atLeast', { min }) : t('settings.between', { min, max });
  return (
    <SettingRow
      label={label}
      note={note}
      warning={warning}
      error={wrong ? range : setting.error}
      fallback={draft === null ? wayBack(props, setting, (number) => `${number}${suffix}`) : null}
    >
      {(ids) => (
        <NumberInput
          {...ids}
          w={128}
          value={draft ?? value}
          onChange={(next) => setDraft(typeof next === 'number' ? next : '')}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') setDraft(null);
          }}
          suffix={suffix}
          min={min}
          max={max}
          clampBehavior="none"
          allowNegative={false}
          hideControls
          decimalScale={1}
          aria-invalid={wrong || setting.error !== null}
        />
      )}
    </SettingRow>
  );
}

interface TextProps extends Common<string> {
  ask?: Ask<string>;
}

export function TextSetting(props: TextProps) {
  const { label, note, warning, value, patch, ask } = props;
  const setting = useSetting();
  const [draft, setDraft] = useState<string | null>(null);

  function leave() {
    setDraft(null);
    setting.reset();
  }

  function commit() {
    const next = draft?.trim();
    if (!next || next === value) return leave();
    const save = () => setting.save(patch(next), () => setDraft(null));
    if (ask?.(next, save)) setDraft(null);
    else save();
  }

  return (
    <SettingRow
      label={label}
      note={note}
      warning={warning}
      error={setting.error}
      fallback={draft === null ? wayBack(props, setting, (text) => text) : null}
    >
      {(ids) => (
        <TextInput
          {...ids}
          w={200}
          value={draft ?? value}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') leave();
          }}
          spellCheck={false}
          aria-invalid={setting.error !== null}
        />
      )}
    </SettingRow>
  );
}
