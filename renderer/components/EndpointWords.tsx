import { useTranslation } from 'react-i18next';
import type { EndpointView } from '../../main/contract/schemas/views.ts';
import { accountStateWords } from './accountStateWords.ts';
import { BackIn } from './BackIn.tsx';
import { endpointStanding } from './endpointStanding.ts';
import { Until } from './Until.tsx';

/** How an endpoint stands, in a few words. */
export function EndpointWords({ endpoint }: { endpoint: EndpointView }) {
  const { t } = useTranslation();
  const { ready, total, trouble, next, backAt } = endpointStanding(endpoint);
  if (!endpoint.enabled || total === 0) return t('state.off');
  if (!trouble) {
    const keyless = total === 1 && endpoint.accounts[0]?.secret.source === 'none';
    return keyless ? t('state.ready') : t('endpoints.accountCount', { count: total });
  }
  if (ready > 0) {
    return (
      <>
        {t('endpoints.partial', { ready, total })}
        {backAt !== null && (
          <>
            {' · '}
            <Until time={backAt} />
          </>
        )}
      </>
    );
  }
  if (next !== null && backAt !== null) {
    return (
      <>
        {accountStateWords(next, t)}
        {' · '}
        <BackIn time={backAt} />
      </>
    );
  }
  return accountStateWords(trouble, t);
}
