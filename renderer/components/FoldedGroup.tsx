import { IconChevronRight } from '@tabler/icons-react';
import classes from './FoldedGroup.module.css';

interface Props {
  title: string;
  /** What can be said of it while it is closed. */
  state?: string;
  note?: string;
  children: React.ReactNode;
}

/** Fields that most people leave alone, or that are too many to read: closed until asked for. */
export function FoldedGroup({ title, state, note, children }: Props) {
  return (
    <details className={classes.section}>
      <summary className={classes.summary}>
        <IconChevronRight size={14} className={classes.chevron} aria-hidden="true" />
        <span className={classes.title}>{title}</span>
        {state && <span className={classes.state}>{state}</span>}
      </summary>
      {note && <p className={classes.note}>{note}</p>}
      {children}
    </details>
  );
}
