import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import classes from './EndpointDrawer.module.css';
import type { EndpointField, EndpointFormValues } from './endpointForm.ts';

/** The address of each kind's own provider; of openai, which many speak, anyone's. */
const placeholders: Record<EndpointKind, string> = {
  openai: 'https://api.example.com/v1',
  azure: 'https://NAME.openai.azure.com',
  anthropic: 'https://api.anthropic.com',
  gemini: 'https://generativelanguage.googleapis.com',
  ondemand: 'https://api.on-demand.io',
};

const kinds = Object.keys(placeholders) as EndpointKind[];

interface Props {
  values: Pick<EndpointFormValues, 'kind' | 'baseUrl' | 'apiVersion'>;
  onChange(change: Partial<EndpointFormValues>): void;
  errors: Partial<Record<EndpointField, string>>;
  originWarning: boolean;
  /** What was done to the address, said below it. */
  addressNote: string | null;
  /** The address was typed to its end. */
  onAddressLeft(): void;
}

/** Which protocol an endpoint speaks, and where. */
export function KindFields({ values, onChange, errors, originWarning, addressNote, onAddressLeft }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.pair}>
        <Select
          label={t('endpoints.kind')}
          data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={values.kind}
          onChange={(kind) => kind && onChange({ kind: kind as EndpointKind })}
          error={errors.kind}
          allowDeselect={false}
        />
        <div data-field="baseUrl">
          <TextInput
            label={t('endpoints.baseUrl')}
            description={t(`baseUrlNote.${values.kind}`)}
            value={values.baseUrl}
            onChange={(event) => onChange({ baseUrl: event.currentTarget.value })}
            onBlur={onAddressLeft}
            error={errors.baseUrl}
            placeholder={placeholders[values.kind]}
            classNames={{ input: classes.technical }}
            spellCheck={false}
            autoComplete="off"
            required
            withAsterisk={false}
          />
          <p className={classes.mended} role="status">
            {addressNote}
          </p>
        </div>
      </div>
      {originWarning && <p className={classes.warning}>{t('endpoints.originWarning')}</p>}
      {values.kind === 'azure' && (
        <TextInput
          label={t('endpoints.apiVersion')}
          description={t('endpoints.apiVersionNote')}
          value={values.apiVersion}
          onChange={(event) => onChange({ apiVersion: event.currentTarget.value })}
          error={errors['options.apiVersion']}
          placeholder="v1"
          classNames={{ input: classes.technical }}
          spellCheck={false}
          autoComplete="off"
        />
      )}
    </>
  );
}
