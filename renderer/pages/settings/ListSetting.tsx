import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsPatch } from '../../api/useSettings.ts';
import { showToast } from '../../components/toast.tsx';
import classes from './ListSetting.module.css';
import { SettingRow } from './SettingRow.tsx';
import { useSetting } from './useSetting.ts';

interface Props {
  label: string;
  note: string;
  value: readonly string[];
  placeholder: string;
  patch(value: string[]): SettingsPatch;
  /** Stands above the list, e.g. who asks to be on it. */
  children?: React.ReactNode;
}

/** A list of texts: each can be removed, and put back; a new one is checked before it counts. */
export function ListSetting({ label, note, value, placeholder, patch, children }: Props) {
  const { t } = useTranslation();
  const setting = useSetting();
  const [draft, setDraft] = useState('');

  function add() {
    const text = draft.trim();
    if (text === '' || value.includes(text)) return setDraft('');
    setting.save(patch([...value, text]), () => setDraft(''));
  }

  function remove(item: string) {
    const before = [...value];
    setting.save(patch(before.filter((other) => other !== item)), () =>
      showToast({
        subject: 'settings.list',
        text: t('settings.removed', { what: item }),
        action: { label: t('action.undo'), undo: true, run: () => setting.save(patch(before)) },
      }),
    );
  }

  return (
    <SettingRow label={label} note={note} error={setting.error} keywords={value.join(' ')} wide>
      {(ids) => (
        <div className={classes.list}>
          {children}
          {value.map((item) => (
            <div className={classes.item} key={item}>
              <code title={item}>{item}</code>
              <ActionIcon aria-label={t('settings.remove', { what: item })} onClick={() => remove(item)}>
                <IconX size={14} />
              </ActionIcon>
            </div>
          ))}
          <form
            className={classes.add}
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            <TextInput
              {...ids}
              value={draft}
              placeholder={placeholder}
              onChange={(event) => {
                setDraft(event.currentTarget.value);
                if (setting.error) setting.reset();
              }}
              spellCheck={false}
              aria-invalid={setting.error !== null}
            />
            <Button type="submit" variant="default" loading={setting.saving} disabled={draft.trim() === ''}>
              {t('settings.add')}
            </Button>
          </form>
        </div>
      )}
    </SettingRow>
  );
}
