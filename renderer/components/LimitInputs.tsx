import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type LimitKind, limitKinds } from './endpointStanding.ts';
import classes from './LimitInputs.module.css';
import type { LimitFields } from './limitFields.ts';

interface Props {
  value: LimitFields;
  onChange(value: LimitFields): void;
  errors?: Partial<Record<LimitKind, string>>;
  kinds?: readonly LimitKind[];
  placeholder?: string;
  /** A further field in the same grid. */
  children?: React.ReactNode;
}

/** The limits as a row of small fields; an empty one limits nothing. */
export function LimitInputs({
  value,
  onChange,
  errors = {},
  kinds = limitKinds,
  placeholder,
  children,
}: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.fields}>
      {kinds.map((kind) => (
        <NumberInput
          key={kind}
          label={t(`limit.${kind}`)}
          value={value[kind]}
          onChange={(next) => onChange({ ...value, [kind]: typeof next === 'number' ? next : '' })}
          error={errors[kind]}
          placeholder={placeholder ?? t('limit.none')}
          min={0}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          hideControls
        />
      ))}
      {children}
    </div>
  );
}
