import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UsageFacts } from '../../../main/contract/schemas/usage.ts';
import type { SettingsView } from '../../../main/contract/schemas/views.ts';
import { settingDefaults } from '../../../main/contract/settingDefaults.ts';
import { useOperations, useSession } from '../../api/session.ts';
import { askFirst } from '../../components/askFirst.ts';
import { showToast } from '../../components/toast.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import { ChoiceSetting, NumberSetting, SwitchSetting } from './fields.tsx';
import { SettingRow } from './SettingRow.tsx';

const megabyte = 1024 * 1024;

function useFactsWords(facts: UsageFacts | undefined): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (!facts) return null;
  const size = `${format.rate(facts.bytes / megabyte)} MB`;
  if (facts.oldest === null) return t('settings.holdsNone', { size });
  return t('settings.holds', {
    size,
    records: format.exact(facts.records),
    since: format.day(facts.oldest, now),
  });
}

function ClearRow({ facts }: { facts: UsageFacts | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { queryClient } = useSession();
  const clear = useMutation(
    useOperations().usage.clear.mutationOptions({
      onSuccess: () => {
        showToast({ subject: 'settings.clear', text: t('settings.cleared') });
        void queryClient.invalidateQueries();
      },
    }),
  );
  function ask() {
    const records = format.exact(facts?.records ?? 0);
    askFirst(t, { title: t('settings.clearTitle'), text: t('settings.clearText', { records }) }, () =>
      clear.mutate(undefined),
    );
  }
  return (
    <SettingRow label={t('settings.clear')} note={t('settings.clearNote')}>
      {(ids) => (
        <Button
          {...ids}
          aria-labelledby={undefined}
          color="red"
          variant="default"
          loading={clear.isPending}
          onClick={ask}
        >
          {t('settings.clearAsk')}
        </Button>
      )}
    </SettingRow>
  );
}

export function UsageSection({ usage }: Pick<SettingsView, 'usage'>) {
  const { t } = useTranslation();
  const defaults = settingDefaults.usage;
  const facts = useQuery(useOperations().usage.store.queryOptions({ staleTime: 10_000 })).data;
  const holds = useFactsWords(facts);
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = ['local', 'UTC', ...zones.filter((zone) => zone !== 'UTC')];
  const listed = known.includes(usage.quotaTimeZone) ? known : [usage.quotaTimeZone, ...known];
  return (
    <>
      <NumberSetting
        label={t('settings.retention')}
        note={t('settings.retentionNote')}
        value={usage.retentionDays}
        unit={t('settings.days')}
        min={1}
        max={3650}
        fallback={defaults.retentionDays}
        patch={(retentionDays) => ({ usage: { retentionDays } })}
      />
      <NumberSetting
        label={t('settings.database')}
        note={
          <>
            {t('settings.databaseNote')}
            {holds && <span> {holds}</span>}
          </>
        }
        value={usage.maxDatabaseMB}
        unit="MB"
        min={16}
        max={65_536}
        fallback={defaults.maxDatabaseMB}
        patch={(maxDatabaseMB) => ({ usage: { maxDatabaseMB } })}
      />
      <ChoiceSetting<string>
        label={t('settings.timeZone')}
        note={t('settings.timeZoneNote')}
        value={usage.quotaTimeZone}
        fallback={defaults.quotaTimeZone}
        search
        options={listed.map((zone) => ({
          value: zone,
          label: zone === 'local' ? t('settings.timeZoneLocal', { zone: here }) : zone,
        }))}
        patch={(quotaTimeZone) => ({ usage: { quotaTimeZone } })}
      />
      <SwitchSetting
        label={t('settings.bodies')}
        note={t('settings.bodiesNote')}
        value={usage.recordBodies}
        patch={(recordBodies) => ({ usage: { recordBodies } })}
      />
      <SettingRow label={t('settings.prices')} note={t('settings.pricesNote')}>
        {() => (
          <Button component={Link} href="/models" variant="default">
            {t('settings.toModels')}
          </Button>
        )}
      </SettingRow>
      <ClearRow facts={facts} />
    </>
  );
}
