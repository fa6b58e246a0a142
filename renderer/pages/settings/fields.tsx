// The kinds of settings: a choice, a switch, a number, a text. Each saves by itself: at once, or when its field is left.
import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SettingRow } from './SettingRow.tsx';
import { type SettingsPatch, useSetting } from './useSetting.ts';

interface Common {
  label: string;
  note: React.ReactNode;
  warning?: string | null;
}

interface ChoiceProps<Value extends string> extends Common {
  value: Value;
  options: readonly { value: Value; label: string }[];
  patch(value: Value): SettingsPatch;
}

export function ChoiceSetting<Value extends string>({
  label,
  note,
  warning,
  value,
  options,
  patch,
}: ChoiceProps<Value>) {
  const setting = useSetting();
  return (
    <SettingRow label={label} note={note} warning={warning} error={setting.error}>
      {(ids) => (
        <Select
          {...ids}
          w={200}
          data={[...options]}
          value={value}
          allowDeselect={false}
          onChange={(next) => next && setting.save(patch(next as Value))}
        />
      )}
    </SettingRow>
  );
}

interface SwitchProps extends Common {
  value: boolean;
  patch(value: boolean): SettingsPatch;
}

export function SwitchSetting({ label, note, warning, value, patch }: SwitchProps) {
  const setting = useSetting();
  return (
    <SettingRow label={label} note={note} warning={warning} error={setting.error}>
      {(ids) => (
        <Switch
          {...ids}
          checked={value}
          onChange={(event) => setting.save(patch(event.currentTarget.checked))}
        />
      )}
    </SettingRow>
  );
}

interface NumberProps extends Common {
  value: number;
  unit?: string;
  min?: number;
  max?: number;
  patch(value: number): SettingsPatch;
}

export function NumberSetting({ label, note, warning, value, unit, min = 0, max, patch }: NumberProps) {
  const setting = useSetting();
  const [draft, setDraft] = useState<number | '' | null>(null);

  function commit() {
    if (typeof draft === 'number' && draft !== value) setting.save(patch(draft));
    setDraft(null);
  }

  return (
    <SettingRow label={label} note={note} warning={warning} error={setting.error}>
      {(ids) => (
        <NumberInput
          {...ids}
          w={128}
          value={draft ?? value}
          onChange={(next) => setDraft(typeof next === 'number' ? next : '')}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
          suffix={unit ? ` ${unit}` : ''}
          min={min}
          max={max}
          clampBehavior="blur"
          allowNegative={false}
          hideControls
          decimalScale={1}
        />
      )}
    </SettingRow>
  );
}

interface TextProps extends Common {
  value: string;
  patch(value: string): SettingsPatch;
  /** Decides whether a new value needs a word first; it then calls `save` itself. */
  ask?(value: string, save: () => void): boolean;
}

export function TextSetting({ label, note, warning, value, patch, ask }: TextProps) {
  const setting = useSetting();
  const [draft, setDraft] = useState<string | null>(null);

  function commit() {
    const next = draft?.trim();
    setDraft(null);
    if (!next || next === value) return;
    const save = () => setting.save(patch(next));
    if (!ask?.(next, save)) save();
  }

  return (
    <SettingRow label={label} note={note} warning={warning} error={setting.error}>
      {(ids) => (
        <TextInput
          {...ids}
          w={200}
          value={draft ?? value}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
          spellCheck={false}
        />
      )}
    </SettingRow>
  );
}
