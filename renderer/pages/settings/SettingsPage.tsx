import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../../api/session.ts';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { SettingsSections } from './SettingsSections.tsx';

/** Everything that is set, each line with what it does. A change applies at once. */
export function SettingsPage() {
  const { t } = useTranslation();
  const operations = useOperations();
  const settings = useQuery(operations.settings.get.queryOptions());
  const status = useQuery(operations.gateway.status.queryOptions()).data;
  return (
    <Page title={t('nav.settings')}>
      <PageHead
        title={t('nav.settings')}
        note={status && t('settings.version', { version: status.version })}
      />
      {settings.data ? (
        <SettingsSections settings={settings.data} desktop={status?.shell === 'desktop'} />
      ) : (
        <Loading error={settings.error} />
      )}
    </Page>
  );
}
