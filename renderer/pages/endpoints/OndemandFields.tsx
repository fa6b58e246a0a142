import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type SystemPromptPlace,
  systemPromptPlaces,
  usualSessionMinutes,
} from '../../../main/contract/readOptions.ts';
import { FoldedGroup } from '../../components/FoldedGroup.tsx';
import { FormGroup } from '../../components/FormGroup.tsx';
import classes from './EndpointDrawer.module.css';
import type { EndpointField, EndpointFormValues } from './endpointForm.ts';
import { ondemandUrlNames } from './optionFields.ts';

const ownHosts = {
  authBaseUrl: 'https://gateway.on-demand.io',
  configBaseUrl: 'https://api.on-demand.io',
  mediaBaseUrl: 'https://api.on-demand.io',
};

/** Where requests of each service go while its field is empty. */
function usualUrls(baseUrl: string): typeof ownHosts {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (!url || url.host.endsWith('.on-demand.io')) return ownHosts;
  return { authBaseUrl: url.origin, configBaseUrl: url.origin, mediaBaseUrl: url.origin };
}

interface Props {
  values: EndpointFormValues;
  onChange(change: Partial<EndpointFormValues>): void;
  errors: Partial<Record<EndpointField, string>>;
}

/** What on-demand.io is told about system prompts, tools and sessions, and where its other services are. */
export function OndemandFields({ values, onChange, errors }: Props) {
  const { t } = useTranslation();
  const usual = usualUrls(values.baseUrl.trim());
  const own = ondemandUrlNames.filter((name) => values[name].trim()).length;
  return (
    <>
      <FormGroup title={t('ondemand.title')}>
        <Select
          label={t('ondemand.systemPrompt')}
          description={t(`ondemand.systemPromptNote.${values.systemPrompt}`)}
          data={systemPromptPlaces.map((value) => ({
            value,
            label: t(`ondemand.systemPromptPlace.${value}`),
          }))}
          value={values.systemPrompt}
          onChange={(place) => place && onChange({ systemPrompt: place as SystemPromptPlace })}
          error={errors['options.systemPrompt']}
          allowDeselect={false}
        />
        <Switch
          label={t('ondemand.promptTools')}
          description={t('ondemand.promptToolsNote')}
          checked={values.promptTools}
          onChange={(event) => onChange({ promptTools: event.currentTarget.checked })}
          error={errors['options.promptTools']}
          classNames={{ body: classes.switch }}
        />
        <Switch
          label={t('ondemand.sendMaxTokens')}
          description={t('ondemand.sendMaxTokensNote')}
          checked={values.sendMaxTokens}
          onChange={(event) => onChange({ sendMaxTokens: event.currentTarget.checked })}
          error={errors['options.sendMaxTokens']}
          classNames={{ body: classes.switch }}
        />
        <NumberInput
          label={t('ondemand.session')}
          description={t('ondemand.sessionNote')}
          value={values.sessionTimeoutMinutes}
          onChange={(minutes) =>
            onChange({ sessionTimeoutMinutes: typeof minutes === 'number' ? minutes : '' })
          }
          error={errors['options.sessionTimeoutMinutes']}
          placeholder={String(usualSessionMinutes)}
          min={0}
          allowNegative={false}
        />
      </FormGroup>
      <FoldedGroup
        title={t('ondemand.addresses')}
        state={own > 0 ? t('ondemand.ownAddresses', { count: own }) : t('ondemand.usualAddresses')}
        note={t('ondemand.addressesNote')}
      >
        <div className={classes.folded}>
          {ondemandUrlNames.map((name) => (
            <TextInput
              key={name}
              label={t(`ondemand.${name}`)}
              value={values[name]}
              onChange={(event) => onChange({ [name]: event.currentTarget.value })}
              error={errors[`options.${name}`]}
              placeholder={usual[name]}
              description={name === 'mediaBaseUrl' && t('ondemand.mediaNote')}
              classNames={{ input: classes.technical }}
              spellCheck={false}
              autoComplete="off"
            />
          ))}
        </div>
      </FoldedGroup>
    </>
  );
}
