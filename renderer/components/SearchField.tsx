import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import classes from './SearchField.module.css';

interface Props {
  /** Its name, and what stands in it while it is empty. */
  label: string;
  value: string;
  onChange(value: string): void;
  onEnter?(): void;
  maxLength?: number;
  /** How much room it takes, where it does not stand alone. */
  className?: string | undefined;
  field?: RefObject<HTMLInputElement | null>;
}

/** A page's search. The key `/` comes to it (see useShortcuts), Escape empties it. */
export function SearchField({ label, value, onChange, onEnter, maxLength, className, field }: Props) {
  return (
    <TextInput
      type="search"
      {...(field ? { ref: field } : {})}
      className={className ?? classes.field}
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={label}
      leftSection={<IconSearch size={14} stroke={1.6} aria-hidden="true" />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter?.();
      }}
      maxLength={maxLength ?? 200}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
