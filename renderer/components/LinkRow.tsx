import { Link } from 'wouter';
import classes from './LinkRow.module.css';

interface Props {
  href: string;
  /** Its columns. */
  className: string | undefined;
  children: React.ReactNode;
}

/** A row that is a link as a whole; its text stands in line with what is above and below it. */
export function LinkRow({ href, className, children }: Props) {
  return (
    <Link href={href} className={`${classes.row} ${className}`}>
      {children}
    </Link>
  );
}
