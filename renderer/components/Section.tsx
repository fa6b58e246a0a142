import { useId } from 'react';
import classes from './Section.module.css';

interface Props {
  title: string;
  action?: React.ReactNode;
  children: React.ReactNode;
}

/** A titled part of a page, set off by a hairline. */
export function Section({ title, action, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
