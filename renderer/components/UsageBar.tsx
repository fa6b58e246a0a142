import classes from './UsageBar.module.css';

interface Props {
  used: number;
  /** N > 0. */
  limit: number;
  /** e.g. "12 of 60 requests per minute". */
  label: string;
}

/** How much of a limit is used up; it turns amber when little is left. */
export function UsageBar({ used, limit, label }: Props) {
  const share = Math.min(1, used / limit);
  return (
    <svg className={classes.bar} role="img" aria-label={label} viewBox="0 0 100 4" preserveAspectRatio="none">
      <title>{label}</title>
      <rect className={classes.track} width="100" height="4" />
      <rect className={share >= 0.85 ? classes.tight : classes.used} width={share * 100} height="4" />
    </svg>
  );
}
