import classes from './StateMark.module.css';

/** How something stands. The shape says it without the colour. */
export type Tone = 'good' | 'wait' | 'bad' | 'off';

const shapes: Record<Tone, React.ReactNode> = {
  good: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  wait: (
    <>
      <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" />
      <path d="M6 2.5a3.5 3.5 0 0 0 0 7z" fill="currentColor" />
    </>
  ),
  bad: <path d="M6 1.6 11 10.4H1z" fill="currentColor" />,
  off: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.2" />,
};

/** With a `label` it speaks for itself; without, a word beside it does. */
export function StateMark({ tone, label }: { tone: Tone; label?: string }) {
  const drawing = {
    className: `${classes.mark} ${classes[tone]}`,
    viewBox: '0 0 12 12',
    width: 12,
    height: 12,
  };
  if (!label) {
    return (
      <svg {...drawing} aria-hidden="true">
        {shapes[tone]}
      </svg>
    );
  }
  return (
    <svg {...drawing} role="img" aria-label={label}>
      <title>{label}</title>
      {shapes[tone]}
    </svg>
  );
}
