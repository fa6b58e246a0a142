import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SettingRow.module.css';
import { useLeftOut } from './search.ts';

export interface FieldIds {
  /** For the control: its name and what explains it. */
  'aria-labelledby': string;
  'aria-describedby': string;
}

/** The value a setting has where nobody said anything, and the way back to it. */
export interface Fallback {
  text: string;
  restore(): void;
}

interface Props {
  label: string;
  note: React.ReactNode;
  error?: string | null;
  warning?: string | null;
  /** Given where the value is another one. */
  fallback?: Fallback | null;
  /** What a search finds it by, besides label and note. */
  keywords?: string;
  /** The control takes the whole width below the words. */
  wide?: boolean;
  children(ids: FieldIds): React.ReactNode;
}

/** A setting: what it is and does on the left, its control on the right. */
export function SettingRow({
  label,
  note,
  error,
  warning,
  fallback,
  keywords,
  wide = false,
  children,
}: Props) {
  const { t } = useTranslation();
  const id = useId();
  const hidden = useLeftOut(label, note, keywords);
  const ids = { 'aria-labelledby': `${id}-label`, 'aria-describedby': `${id}-note` };
  return (
    <div className={classes.row} data-setting="" data-wide={wide || undefined} hidden={hidden}>
      <div>
        <p id={`${id}-label`} className={classes.label}>
          {label}
        </p>
        <div id={`${id}-note`} className={classes.note}>
          {note}
        </div>
        {warning && <p className={classes.warning}>{warning}</p>}
        {error && (
          <p className={classes.error} role="alert">
            {error}
          </p>
        )}
      </div>
      <div className={classes.control}>
        {children(ids)}
        {fallback && (
          <button
            type="button"
            className={classes.fallback}
            aria-label={t('settings.backToDefaultOf', { label, value: fallback.text })}
            onClick={fallback.restore}
          >
            {t('settings.backToDefault', { value: fallback.text })}
          </button>
        )}
      </div>
    </div>
  );
}
