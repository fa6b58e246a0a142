import { Textarea } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import type { Preset } from '../../../main/contract/schemas/views.ts';
import { TermsNote } from '../../components/TermsNote.tsx';
import { accountsOf, type Credentials, halfLogins, hasLogins } from './credentials.ts';
import classes from './EndpointDrawer.module.css';
import { LoginRows } from './LoginRows.tsx';

interface Props {
  kind: EndpointKind;
  value: Credentials;
  onChange(change: Partial<Credentials>): void;
  /** Where a key is to be had, and whether one is needed; null where that is not known. */
  preset: Preset | null;
  error: string | undefined;
  /** Accounts that are there already. */
  existing: number;
  /** Lines of the field for keys. */
  rows: number;
  autoFocus?: boolean;
}

/** Accounts on their way in: keys, as many as there are, and logins where the kind has them. */
export function CredentialFields({ kind, value, onChange, preset, error, existing, rows, autoFocus }: Props) {
  const { t } = useTranslation();
  const found = accountsOf(kind, value);
  const logins = found.filter(({ email }) => email !== undefined).length;
  const keys = found.length - logins;
  const half = halfLogins(kind, value);
  let note = t('endpoints.keysNote');
  if (keys > 0) note = t('endpoints.keysFound', { count: keys });
  else if (preset && !preset.needsKey) note = t('endpoints.keyless');

  return (
    <>
      <Textarea
        label={
          <span className={classes.labelRow}>
            {t('endpoints.keys')}
            {preset?.keysUrl && (
              <a className={classes.link} href={preset.keysUrl} target="_blank" rel="noreferrer">
                {t('endpoints.getKey')}
                <IconExternalLink size={12} aria-hidden="true" />
              </a>
            )}
          </span>
        }
        classNames={{ label: classes.wideLabel, input: classes.keys }}
        description={note}
        value={value.keys}
        onChange={(event) => onChange({ keys: event.currentTarget.value })}
        error={error}
        rows={rows}
        spellCheck={false}
        autoComplete="off"
        data-autofocus={autoFocus || undefined}
      />
      {hasLogins(kind) && (
        <fieldset className={classes.logins}>
          <legend className={classes.subLabel}>{t('login.title')}</legend>
          <p className={classes.quiet}>
            {logins > 0 ? t('login.found', { count: logins }) : t('login.note')}
          </p>
          <LoginRows rows={value.logins} onChange={(next) => onChange({ logins: next })} />
          {half > 0 && (
            <p className={classes.half} role="status">
              {t('login.half', { count: half })}
            </p>
          )}
        </fieldset>
      )}
      {(hasLogins(kind) || (found.length > 0 && existing + found.length > 1)) && <TermsNote />}
    </>
  );
}
