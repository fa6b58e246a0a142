import classes from './Empty.module.css';
import { Mark } from './Mark.tsx';

/** An empty place teaches: the mark, one sentence, one button. */
export function Empty({ children, action }: { children: React.ReactNode; action?: React.ReactNode }) {
  return (
    <div className={classes.empty}>
      <Mark size={36} open={false} />
      <p className={classes.words}>{children}</p>
      {action}
    </div>
  );
}
