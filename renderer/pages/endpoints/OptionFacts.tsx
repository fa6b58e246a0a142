import { useTranslation } from 'react-i18next';
import { repairNames } from '../../../main/contract/readOptions.ts';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { hasApiChoice, optionFieldsOf } from './optionFields.ts';

/** Options that are not as they come, for the list of an endpoint's facts. */
export function OptionFacts({ endpoint }: { endpoint: EndpointView }) {
  const { t } = useTranslation();
  const { apiVersion, api, repairs, ...fields } = optionFieldsOf(endpoint.options);
  const off = repairNames.filter((name) => !repairs[name]);
  return (
    <>
      {endpoint.kind === 'azure' && (
        <>
          <dt>{t('endpoints.apiVersion')}</dt>
          <dd>
            <code>{apiVersion || 'v1'}</code>
          </dd>
        </>
      )}
      {hasApiChoice(endpoint.kind) && api !== 'auto' && (
        <>
          <dt>{t('api.label')}</dt>
          <dd>{t(`api.choice.${api}`)}</dd>
        </>
      )}
      {endpoint.kind === 'ondemand' && fields.systemPrompt !== 'query' && (
        <>
          <dt>{t('ondemand.systemPrompt')}</dt>
          <dd>{t(`ondemand.systemPromptPlace.${fields.systemPrompt}`)}</dd>
        </>
      )}
      {endpoint.kind === 'ondemand' && fields.promptTools && (
        <>
          <dt>{t('ondemand.tools')}</dt>
          <dd>{t('ondemand.promptTools')}</dd>
        </>
      )}
      {off.length > 0 && (
        <>
          <dt>{t('repairs.title')}</dt>
          <dd>
            {off.length === repairNames.length ? (
              t('repairs.noneOn')
            ) : (
              <ul>
                {off.map((name) => (
                  <li key={name}>{t('repairs.off', { name: t(`repairs.${name}.name`) })}</li>
                ))}
              </ul>
            )}
          </dd>
        </>
      )}
    </>
  );
}
