import classes from './FormGroup.module.css';

/** Fields that belong together, under one small title. */
export function FormGroup({
  title,
  note,
  children,
}: {
  title: string;
  note?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.title}>{title}</legend>
      {note && <p className={classes.note}>{note}</p>}
      {children}
    </fieldset>
  );
}
