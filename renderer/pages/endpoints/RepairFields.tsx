import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { repairNames } from '../../../main/contract/readOptions.ts';
import { FoldedGroup } from '../../components/FoldedGroup.tsx';
import type { OptionFields } from './optionFields.ts';
import classes from './RepairFields.module.css';

interface Props {
  value: OptionFields['repairs'];
  onChange(value: OptionFields['repairs']): void;
  error: string | undefined;
}

/** What may be changed in a request so that this endpoint takes it. Closed, it says how much of it is on. */
export function RepairFields({ value, onChange, error }: Props) {
  const { t } = useTranslation();
  const on = repairNames.filter((name) => value[name]).length;
  let state = t('repairs.someOn', { on, total: repairNames.length });
  if (on === repairNames.length) state = t('repairs.allOn');
  if (on === 0) state = t('repairs.noneOn');

  return (
    <FoldedGroup title={t('repairs.title')} state={state} note={t('repairs.note')}>
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      {repairNames.map((name) => (
        <Switch
          key={name}
          label={t(`repairs.${name}.name`)}
          description={t(`repairs.${name}.note`)}
          checked={value[name]}
          onChange={(event) => onChange({ ...value, [name]: event.currentTarget.checked })}
          classNames={{ body: classes.switch, description: classes.explain }}
        />
      ))}
    </FoldedGroup>
  );
}
