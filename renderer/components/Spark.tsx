import classes from './Spark.module.css';

interface Props {
  /** Equal stretches of time, oldest first. */
  values: readonly number[];
  /** What it shows, in words. */
  label: string;
}

const height = 20;
/** What happened at all can be seen, however much happened elsewhere. */
const least = 2;

/** A row of small bars: when something was busy, not how much exactly. */
export function Spark({ values, label }: Props) {
  const top = Math.max(1, ...values);
  return (
    <svg
      className={classes.spark}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${values.length * 3} ${height}`}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      {values.map((value, index) => {
        const tall = value === 0 ? 1 : Math.max(least, (value / top) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
            key={index}
            className={value === 0 ? classes.none : classes.some}
            x={index * 3}
            y={height - tall}
            width={2}
            height={tall}
          />
        );
      })}
    </svg>
  );
}
