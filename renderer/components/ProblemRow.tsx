import classes from './Problems.module.css';
import { StateMark, type Tone } from './StateMark.tsx';

/** One sentence on what is wrong and what to do, with the doing beside it. */
export function ProblemRow({
  tone,
  children,
  actions,
}: {
  tone: Tone;
  children: React.ReactNode;
  actions?: React.ReactNode;
}) {
  return (
    <li className={classes.row}>
      <StateMark tone={tone} />
      <p className={classes.words}>{children}</p>
      {actions && <div className={classes.actions}>{actions}</div>}
    </li>
  );
}
