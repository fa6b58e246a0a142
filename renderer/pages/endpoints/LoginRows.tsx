import { ActionIcon, Button, PasswordInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LoginRow } from './credentials.ts';
import classes from './LoginRows.module.css';
import { parseLoginLines } from './parseKeyLines.ts';

interface Props {
  rows: LoginRow[];
  onChange(rows: LoginRow[]): void;
}

const emptyRow: LoginRow = { email: '', password: '' };
const isEmpty = ({ email, password }: LoginRow) => !email.trim() && !password;

/** E-mail addresses with their passwords; a pasted list becomes a row for each login. */
export function LoginRows({ rows, onChange }: Props) {
  const { t } = useTranslation();
  // One is always at hand to type into.
  const shown = rows.length > 0 ? rows : [emptyRow];
  const set = (index: number, change: Partial<LoginRow>) =>
    onChange(shown.map((row, at) => (at === index ? { ...row, ...change } : row)));

  function paste(event: React.ClipboardEvent) {
    const found = parseLoginLines(event.clipboardData.getData('text'));
    if (!found) return;
    event.preventDefault();
    const pasted = found.map(({ email, secret }) => ({ email, password: secret }));
    onChange([...shown.filter((row) => !isEmpty(row)), ...pasted]);
  }

  return (
    <div className={classes.rows}>
      {shown.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity but its place
        <div className={classes.row} key={index}>
          <TextInput
            aria-label={t('login.emailOf', { number: index + 1 })}
            placeholder={t('login.email')}
            value={row.email}
            onChange={(event) => set(index, { email: event.currentTarget.value })}
            onPaste={paste}
            inputMode="email"
            spellCheck={false}
            autoComplete="off"
          />
          <PasswordInput
            aria-label={t('login.passwordOf', { number: index + 1 })}
            placeholder={t('login.password')}
            value={row.password}
            onChange={(event) => set(index, { password: event.currentTarget.value })}
            autoComplete="new-password"
          />
          {(shown.length > 1 || !isEmpty(row)) && (
            <ActionIcon
              aria-label={t('action.removeRow')}
              onClick={() => onChange(shown.filter((_row, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      <Button
        className={classes.add}
        size="xs"
        variant="default"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...shown, emptyRow])}
      >
        {t('login.add')}
      </Button>
    </div>
  );
}
