import { Button, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ApiChoice, apiChoices } from '../../../main/contract/readOptions.ts';
import type { Preset } from '../../../main/contract/schemas/views.ts';
import { limitKinds } from '../../components/endpointStanding.ts';
import { FormGroup } from '../../components/FormGroup.tsx';
import { LimitInputs } from '../../components/LimitInputs.tsx';
import { PairRows } from '../../components/PairRows.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import classes from './EndpointDrawer.module.css';
import type { EndpointField, EndpointFormValues } from './endpointForm.ts';
import { KindFields } from './KindFields.tsx';
import { MappingFields } from './MappingFields.tsx';
import { OndemandFields } from './OndemandFields.tsx';
import { hasApiChoice } from './optionFields.ts';
import { RepairFields } from './RepairFields.tsx';

interface Props {
  values: EndpointFormValues;
  onChange(change: Partial<EndpointFormValues>): void;
  errors: Partial<Record<EndpointField, string>>;
  /** A new endpoint takes its keys here; a saved one in its own list. */
  withKeys: boolean;
  preset: Preset | null;
  /** What the endpoint's own list holds, to choose from. */
  offered: readonly string[] | null;
  fetching: boolean;
  onFetchModels(): void;
  originWarning: boolean;
  /** What was done to the address. */
  addressNote: string | null;
  onAddressLeft(): void;
}

/** Every field of an endpoint: what is always needed first, what is sometimes needed below. */
export function EndpointFields(props: Props) {
  const { values, onChange, errors, preset, offered } = props;
  const { t } = useTranslation();

  return (
    <>
      <TextInput
        label={t('endpoints.name')}
        value={values.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={errors.name}
        autoComplete="off"
      />
      <KindFields
        values={values}
        onChange={onChange}
        errors={errors}
        originWarning={props.originWarning}
        addressNote={props.addressNote}
        onAddressLeft={props.onAddressLeft}
      />
      {props.withKeys && (
        <div data-field="keys" className={classes.group}>
          <CredentialFields
            kind={values.kind}
            value={values}
            onChange={onChange}
            preset={preset}
            error={errors.accounts}
            existing={0}
            rows={3}
          />
        </div>
      )}
      <FormGroup
        title={t('endpoints.models')}
        note={values.kind === 'azure' ? t('endpoints.deploymentsNote') : t('endpoints.modelsNote')}
      >
        <TagsInput
          aria-label={t('endpoints.models')}
          placeholder={values.models.length === 0 ? t('endpoints.allModels') : ''}
          data={[...(offered ?? [])]}
          value={values.models}
          onChange={(models) => onChange({ models })}
          error={errors.models}
          splitChars={[',', ' ', '\n']}
          maxDropdownHeight={240}
          limit={200}
          clearable
        />
        <div className={classes.line}>
          <Button size="xs" variant="default" loading={props.fetching} onClick={props.onFetchModels}>
            {t('endpoints.fetchModels')}
          </Button>
          <span className={classes.quiet} role="status">
            {offered && t('endpoints.modelsFound', { count: offered.length })}
          </span>
        </div>
      </FormGroup>
      <div data-field="mapping">
        <MappingFields
          rows={values.mapping}
          onChange={(mapping) => onChange({ mapping })}
          error={errors.modelMapping}
        />
      </div>
      <FormGroup title={t('endpoints.limits')} note={t('endpoints.limitsNote')}>
        <LimitInputs
          value={values.limits}
          onChange={(limits) => onChange({ limits })}
          errors={Object.fromEntries(limitKinds.map((kind) => [kind, errors[`limits.${kind}`] ?? '']))}
        />
      </FormGroup>
      {values.kind === 'ondemand' && <OndemandFields values={values} onChange={onChange} errors={errors} />}
      <FormGroup title={t('endpoints.connection')}>
        {hasApiChoice(values.kind) && (
          <Select
            label={t('api.label')}
            description={t(`api.note.${values.api}`)}
            data={apiChoices.map((value) => ({ value, label: t(`api.choice.${value}`) }))}
            value={values.api}
            onChange={(api) => api && onChange({ api: api as ApiChoice })}
            error={errors['options.api']}
            allowDeselect={false}
          />
        )}
        <div data-field="proxy">
          <TextInput
            label={t('endpoints.proxy')}
            description={t('endpoints.proxyNote')}
            value={values.proxy}
            onChange={(event) => onChange({ proxy: event.currentTarget.value })}
            error={errors.proxy}
            placeholder="http://127.0.0.1:7890"
            classNames={{ input: classes.technical }}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
        <div>
          <p className={classes.subLabel}>{t('endpoints.headers')}</p>
          <PairRows
            rows={values.headers}
            onChange={(headers) => onChange({ headers })}
            from={t('endpoints.headerName')}
            to={t('endpoints.headerValue')}
            addLabel={t('endpoints.addHeader')}
            error={errors.headers}
          />
        </div>
        <NumberInput
          label={t('endpoints.weight')}
          description={t('endpoints.weightNote')}
          value={values.weight}
          onChange={(weight) => onChange({ weight: typeof weight === 'number' ? weight : '' })}
          error={errors.weight}
          min={0}
          allowNegative={false}
        />
        <Switch
          label={t('endpoints.free')}
          description={t('endpoints.freeNote')}
          checked={values.free}
          onChange={(event) => onChange({ free: event.currentTarget.checked })}
        />
        <Switch
          label={t('endpoints.enabled')}
          checked={values.enabled}
          onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
        />
      </FormGroup>
      <RepairFields
        value={values.repairs}
        onChange={(repairs) => onChange({ repairs })}
        error={errors['options.repairs']}
      />
    </>
  );
}
