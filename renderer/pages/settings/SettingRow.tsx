import { useId } from 'react';
import classes from './SettingRow.module.css';

export interface FieldIds {
  /** For the control: its name and what explains it. */
  'aria-labelledby': string;
  'aria-describedby': string;
}

interface Props {
  label: string;
  note: React.ReactNode;
  error?: string | null;
  warning?: string | null;
  children(ids: FieldIds): React.ReactNode;
}

/** A setting: what it is and does on the left, its control on the right. */
export function SettingRow({ label, note, error, warning, children }: Props) {
  const id = useId();
  const ids = { 'aria-labelledby': `${id}-label`, 'aria-describedby': `${id}-note` };
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        <p id={`${id}-label`} className={classes.label}>
          {label}
        </p>
        <p id={`${id}-note`} className={classes.note}>
          {note}
        </p>
        {warning && <p className={classes.warning}>{warning}</p>}
        {error && (
          <p className={classes.error} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={classes.control}>{children(ids)}</div>
    </div>
  );
}
