import { useTranslation } from 'react-i18next';
import type { LinkEndpoint } from '../../../main/contract/schemas/link.ts';
import { StateMark } from '../StateMark.tsx';
import classes from './LinkDialog.module.css';

/** The address whole, with the part that says who answers set off: `https://` **host** `/v1`. */
function Address({ baseUrl, host }: Pick<LinkEndpoint, 'baseUrl' | 'host'>) {
  const at = baseUrl.indexOf(host, baseUrl.indexOf('//'));
  return (
    <p className={classes.address} dir="ltr">
      {baseUrl.slice(0, at)}
      <strong>{host}</strong>
      {baseUrl.slice(at + host.length)}
    </p>
  );
}

/** One endpoint of a link, as it would be added. */
export function LinkedEndpoint({ endpoint }: { endpoint: LinkEndpoint }) {
  const { t } = useTranslation();
  const { name, kind, baseUrl, host, readable, keys, models, mapping, existing, brings } = endpoint;
  const parts = [
    brings.accounts > 0 ? t('transfer.accounts', { count: brings.accounts }) : '',
    brings.models > 0 ? t('transfer.models', { count: brings.models }) : '',
    brings.mappings > 0 ? t('transfer.mappings', { count: brings.mappings }) : '',
  ].filter(Boolean);
  let effect = t('links.new');
  if (existing)
    effect =
      parts.length > 0
        ? t('links.extends', { name: existing.name || existing.id, what: parts.join(' · ') })
        : t('transfer.nothingNew');
  return (
    <li className={classes.item}>
      <p className={classes.name}>
        <bdi>{name || host}</bdi>
        <span className={classes.kind}>{t(`kind.${kind as 'openai'}`)}</span>
      </p>
      <Address baseUrl={baseUrl} host={host} />
      {readable && (
        <p className={classes.warning}>
          <StateMark tone="wait" />
          {t('links.readable')}
        </p>
      )}
      <dl className={classes.facts}>
        <dt>{t('links.effect')}</dt>
        <dd data-words="">{effect}</dd>
        <dt>{t('links.keys')}</dt>
        <dd data-words={keys.length > 0 ? undefined : ''}>
          {keys.length > 0 ? keys.join(', ') : t('links.noKey')}
        </dd>
        {(models.length > 0 || !existing) && (
          <>
            <dt>{t('links.models')}</dt>
            <dd data-words={models.length > 0 ? undefined : ''}>
              {models.length > 0 ? models.join(', ') : t('transfer.allModels')}
            </dd>
          </>
        )}
        {mapping.length > 0 && (
          <>
            <dt>{t('links.mapping')}</dt>
            <dd>{mapping.map(([from, to]) => `${from} → ${to}`).join(', ')}</dd>
          </>
        )}
      </dl>
    </li>
  );
}
