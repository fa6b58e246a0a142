import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowRight, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './PairRows.module.css';
import type { Pair } from './pairs.ts';

interface Props {
  rows: Pair[];
  onChange(rows: Pair[]): void;
  /** What the two columns hold, for placeholder and screen reader. */
  from: string;
  to: string;
  addLabel: string;
  arrow?: boolean;
  error?: string | undefined;
}

/** Rows of two texts with one always at hand to add. */
export function PairRows({ rows, onChange, from, to, addLabel, arrow = false, error }: Props) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<Pair>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));

  return (
    <div className={classes.rows}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
        <div className={classes.row} key={index}>
          <TextInput
            aria-label={`${from} ${index + 1}`}
            placeholder={from}
            value={row.from}
            onChange={(event) => set(index, { from: event.currentTarget.value })}
            classNames={{ input: classes.technical }}
            spellCheck={false}
          />
          {arrow ? <IconArrowRight size={14} className={classes.arrow} aria-hidden="true" /> : <span />}
          <TextInput
            aria-label={`${to} ${index + 1}`}
            placeholder={to}
            value={row.to}
            onChange={(event) => set(index, { to: event.currentTarget.value })}
            classNames={{ input: classes.technical }}
            spellCheck={false}
          />
          <ActionIcon
            aria-label={t('action.removeRow')}
            onClick={() => onChange(rows.filter((_row, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      <Button
        className={classes.add}
        size="xs"
        variant="default"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...rows, { from: '', to: '' }])}
      >
        {addLabel}
      </Button>
    </div>
  );
}
