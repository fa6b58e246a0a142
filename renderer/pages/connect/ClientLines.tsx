import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { FormGroup } from '../../components/FormGroup.tsx';
import { onWindows } from '../../components/onWindows.ts';
import classes from './ClientCard.module.css';
import { type Facts, type FilePlace, fieldValue, type KnownClient } from './clients.ts';
import type { Shell } from './shellLines.ts';

interface Props {
  client: KnownClient;
  facts: Omit<Facts, 'key'>;
  /** null where the key was shown before: the lines then say where it belongs. */
  secret: string | null;
  mask: string | null;
  /** A link does the same: the fields are the other way. */
  byHand: boolean;
}

const keyPlace = 'YOUR_KEY';

/** Fields and lines to copy. What is copied holds the key, what is shown its mask. */
export function ClientLines({ client, facts, secret, mask, byHand }: Props) {
  const { t } = useTranslation();
  const [shell, setShell] = useState<Shell>(() => (onWindows() ? 'powershell' : 'sh'));
  const real: Facts = { ...facts, key: secret ?? keyPlace };
  const shown: Facts = { ...facts, key: keyPlace };
  const masked = (text: string) => (secret && mask ? text.replaceAll(keyPlace, mask) : text);
  const fields = client.fields?.filter((kind) => kind !== 'key' || secret !== null) ?? [];
  const placeOf = (file: FilePlace | null) => file?.[shell] ?? t('connect.terminal');

  return (
    <>
      {client.lines && (
        <SegmentedControl
          aria-label={t('connect.system')}
          className={classes.system}
          value={shell}
          onChange={(value) => setShell(value === 'powershell' ? 'powershell' : 'sh')}
          data={[
            { value: 'sh', label: 'macOS, Linux' },
            { value: 'powershell', label: 'Windows (PowerShell)' },
          ]}
        />
      )}
      {client.lines?.map(({ file, text }) => (
        <section key={file?.sh ?? ''} className={classes.block} aria-label={placeOf(file)}>
          <div className={classes.head}>
            {file ? (
              <code className={classes.place}>{placeOf(file)}</code>
            ) : (
              <span className={classes.place}>{placeOf(file)}</span>
            )}
            <CopyButton
              text={text(real, shell)}
              label={t('connect.copyLines', { place: placeOf(file) })}
              size="xs"
            />
          </div>
          <CodeBlock text={masked(text(shown, shell))} />
        </section>
      ))}
      {fields.length > 0 && (
        <FormGroup title={t(byHand ? 'connect.byHand' : 'connect.fillIn')}>
          <dl className={classes.fields}>
            {fields.map((kind) => (
              <div key={kind}>
                <dt>{t(`connect.field.${kind}`)}</dt>
                <dd>
                  <code>{masked(fieldValue(kind, shown))}</code>
                </dd>
                <dd>
                  <CopyButton
                    text={fieldValue(kind, real)}
                    label={t('connect.copyField', { field: t(`connect.field.${kind}`) })}
                    size="xs"
                  />
                </dd>
              </div>
            ))}
          </dl>
        </FormGroup>
      )}
    </>
  );
}
