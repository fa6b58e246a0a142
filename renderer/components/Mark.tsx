import classes from './Mark.module.css';

/** Three streams joining into one at a gate: open, closed, or flowing while something loads. */
export function Mark({
  size = 20,
  open = true,
  flowing = false,
}: {
  size?: number;
  open?: boolean;
  flowing?: boolean;
}) {
  return (
    <svg
      className={flowing ? `${classes.mark} ${classes.flowing}` : classes.mark}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <g className={classes.streams}>
        <path d="M2 4.5c6.5 0 6 7.5 11.5 7.5" />
        <path d="M2 12h11.5" />
        <path d="M2 19.5c6.5 0 6-7.5 11.5-7.5" />
        {open && <path d="M17 12h5" />}
      </g>
      <path className={classes.gate} d="M15.25 7v10" />
    </svg>
  );
}
