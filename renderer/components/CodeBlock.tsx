import classes from './CodeBlock.module.css';

/** Lines to paste elsewhere, as they are. */
export function CodeBlock({ text }: { text: string }) {
  return (
    <pre className={classes.block}>
      <code>{text}</code>
    </pre>
  );
}
