import { useEffect } from 'react';
import classes from './Page.module.css';

/** The measure of a page: centred, one width, room around it. `fill` gives the whole height to what scrolls inside. */
export function Page({
  title,
  fill = false,
  children,
}: {
  title: string;
  fill?: boolean;
  children: React.ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Sluice`;
  }, [title]);
  return <div className={fill ? `${classes.page} ${classes.fill}` : classes.page}>{children}</div>;
}
