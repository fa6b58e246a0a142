import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './JsonTree.module.css';

/** Below this depth a node is closed until asked for, and so is one with many children. */
const openDepth = 3;
const manyChildren = 20;
const childrenAtOnce = 100;
const longestText = 600;

/** JSON as a tree. What is closed is not drawn. */
export function JsonTree({ value, label }: { value: unknown; label: string }) {
  return (
    <ul className={classes.tree} aria-label={label}>
      <Node name={null} value={value} depth={0} last />
    </ul>
  );
}

interface NodeProps {
  name: string | null;
  value: unknown;
  depth: number;
  last: boolean;
}

type Entries = readonly (readonly [name: string | null, value: unknown])[];

function entriesOf(value: unknown): Entries | null {
  if (Array.isArray(value)) return value.map((item) => [null, item] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : null;
}

function Node({ name, value, depth, last }: NodeProps) {
  const entries = entriesOf(value);
  const key = name !== null && <span className={classes.key}>{JSON.stringify(name)}: </span>;
  if (entries && entries.length > 0)
    return <Branch head={key} entries={entries} isList={Array.isArray(value)} depth={depth} last={last} />;
  return (
    <li className={classes.leaf}>
      {key}
      <Leaf value={value} />
      {!last && ','}
    </li>
  );
}

interface BranchProps {
  head: React.ReactNode;
  entries: Entries;
  isList: boolean;
  depth: number;
  last: boolean;
}

function Branch({ head, entries, isList, depth, last }: BranchProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(depth === 0 || (depth < openDepth && entries.length <= manyChildren));
  const [shown, setShown] = useState(childrenAtOnce);
  const [begin, end] = isList ? ['[', ']'] : ['{', '}'];

  return (
    <li>
      <button type="button" className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {head}
        {begin}
        {!open && (
          <>
            <span className={classes.count}> {t('bodies.entries', { count: entries.length })} </span>
            {end}
            {!last && ','}
          </>
        )}
      </button>
      {open && (
        <>
          <ul className={classes.children}>
            {entries.slice(0, shown).map(([name, item], index) => (
              <Node
                key={name ?? index}
                name={name}
                value={item}
                depth={depth + 1}
                last={index === entries.length - 1}
              />
            ))}
            {shown < entries.length && (
              <li>
                <button
                  type="button"
                  className={classes.more}
                  onClick={() => setShown(shown + childrenAtOnce)}
                >
                  {t('bodies.more', { count: entries.length - shown })}
                </button>
              </li>
            )}
          </ul>
          <span>
            {end}
            {!last && ','}
          </span>
        </>
      )}
    </li>
  );
}

function Leaf({ value }: { value: unknown }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const text = JSON.stringify(value) ?? 'null';
  if (typeof value !== 'string') return <span className={classes.literal}>{text}</span>;
  if (whole || text.length <= longestText) return <span className={classes.string}>{text}</span>;
  return (
    <>
      <span className={classes.string}>{text.slice(0, longestText)}…</span>{' '}
      <button type="button" className={classes.more} onClick={() => setWhole(true)}>
        {t('bodies.whole')}
      </button>
    </>
  );
}
