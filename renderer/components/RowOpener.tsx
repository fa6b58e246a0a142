import { IconChevronRight } from '@tabler/icons-react';
import classes from './RowOpener.module.css';

interface Props {
  opened: boolean;
  /** Id of what it opens. */
  controls: string;
  onToggle(): void;
  /** Its columns. */
  className: string | undefined;
  /** What stands behind the chevron. */
  children: React.ReactNode;
}

/** The part of a row that opens it in place; its columns are those of the list. */
export function RowOpener({ opened, controls, onToggle, className, children }: Props) {
  return (
    <button
      type="button"
      className={`${classes.opener} ${className}`}
      aria-expanded={opened}
      aria-controls={controls}
      onClick={onToggle}
    >
      <IconChevronRight size={14} className={classes.chevron} aria-hidden="true" />
      {children}
    </button>
  );
}
