import classes from './Figure.module.css';

interface Props {
  label: string;
  /** A dash stands where there is nothing to say yet. */
  value: string | null | undefined;
  unit?: string | undefined;
  /** The exact value, on hover. */
  exact?: string | undefined;
  /** How it stands against an earlier time, e.g. "↑ 12 %". */
  change?: string | undefined;
}

/** One number to read at a glance. */
export function Figure({ label, value, unit, exact, change }: Props) {
  return (
    <div className={classes.figure}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value} title={exact}>
        {value ?? '–'}
        {unit && <span className={classes.unit}>{unit}</span>}
        {change && <span className={classes.change}>{change}</span>}
      </dd>
    </div>
  );
}
