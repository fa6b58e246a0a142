import { useTranslation } from 'react-i18next';
import type { Strategy } from '../../../main/contract/schemas/settings.ts';
import type { SettingsView } from '../../../main/contract/schemas/views.ts';
import { askFirst } from '../../components/askFirst.ts';
import { Section } from '../../components/Section.tsx';
import { ChoiceSetting, NumberSetting, SwitchSetting, TextSetting } from './fields.tsx';
import { isLoopback } from './isLoopback.ts';
import classes from './SettingsSections.module.css';

const strategies: readonly Strategy[] = [
  'random',
  'round-robin',
  'weighted',
  'least-busy',
  'fastest',
  'priority',
];
const timeouts = ['connectMs', 'firstByteMs', 'idleMs', 'totalMs'] as const;

export function SettingsSections({ settings, desktop }: { settings: SettingsView; desktop: boolean }) {
  const { t } = useTranslation();
  const { server, routing, usage, ui } = settings;

  return (
    <div className={classes.sections}>
      <Section title={t('settings.look')}>
        <ChoiceSetting
          label={t('settings.language')}
          note={t('settings.languageNote')}
          value={ui.language}
          options={[
            { value: 'auto', label: t('settings.languageAuto') },
            { value: 'en', label: 'English' },
            { value: 'zh-CN', label: '简体中文' },
          ]}
          patch={(language) => ({ ui: { language } })}
        />
        <ChoiceSetting
          label={t('settings.theme')}
          note={t('settings.themeNote')}
          value={ui.theme}
          options={[
            { value: 'system', label: t('settings.themeSystem') },
            { value: 'light', label: t('settings.themeLight') },
            { value: 'dark', label: t('settings.themeDark') },
          ]}
          patch={(theme) => ({ ui: { theme } })}
        />
        {desktop && (
          <>
            <SwitchSetting
              label={t('settings.launch')}
              note={t('settings.launchNote')}
              value={ui.launchAtLogin}
              patch={(launchAtLogin) => ({ ui: { launchAtLogin } })}
            />
            <SwitchSetting
              label={t('settings.startGateway')}
              note={t('settings.startGatewayNote')}
              value={ui.startGatewayOnLaunch}
              patch={(startGatewayOnLaunch) => ({ ui: { startGatewayOnLaunch } })}
            />
          </>
        )}
      </Section>

      <Section title={t('settings.routing')}>
        <ChoiceSetting
          label={t('settings.strategy')}
          note={t(`settings.strategyNote.${routing.strategy}`)}
          value={routing.strategy}
          options={strategies.map((value) => ({ value, label: t(`settings.strategyName.${value}`) }))}
          patch={(strategy) => ({ routing: { strategy } })}
        />
        <NumberSetting
          label={t('settings.attempts')}
          note={t('settings.attemptsNote')}
          value={routing.maxAttempts}
          min={1}
          max={20}
          patch={(maxAttempts) => ({ routing: { maxAttempts } })}
        />
        <NumberSetting
          label={t('settings.retryDelay')}
          note={t('settings.retryDelayNote')}
          value={routing.retryDelayMs}
          unit="ms"
          max={60_000}
          patch={(retryDelayMs) => ({ routing: { retryDelayMs } })}
        />
        <SwitchSetting
          label={t('settings.affinity')}
          note={t('settings.affinityNote')}
          value={routing.affinity}
          patch={(affinity) => ({ routing: { affinity } })}
        />
      </Section>

      <Section title={t('settings.timeouts')}>
        {timeouts.map((name) => (
          <NumberSetting
            key={name}
            label={t(`timeout.${name}.name`)}
            note={t(`timeout.${name}.note`)}
            value={settings.timeouts[name] / 1000}
            unit="s"
            patch={(seconds) => ({ timeouts: { [name]: Math.round(seconds * 1000) } })}
          />
        ))}
      </Section>

      <Section title={t('settings.usage')}>
        <NumberSetting
          label={t('settings.retention')}
          note={t('settings.retentionNote')}
          value={usage.retentionDays}
          unit={t('settings.days')}
          min={1}
          max={3650}
          patch={(retentionDays) => ({ usage: { retentionDays } })}
        />
        <NumberSetting
          label={t('settings.database')}
          note={t('settings.databaseNote')}
          value={usage.maxDatabaseMB}
          unit="MB"
          min={16}
          max={65_536}
          patch={(maxDatabaseMB) => ({ usage: { maxDatabaseMB } })}
        />
      </Section>

      <Section title={t('settings.network')}>
        <TextSetting
          label={t('settings.host')}
          note={t('settings.hostNote')}
          warning={isLoopback(server.host) ? null : t('settings.exposed')}
          value={server.host}
          patch={(host) => ({ server: { host } })}
          ask={(host, save) => {
            if (isLoopback(host)) return false;
            askFirst(
              t,
              {
                title: t('settings.exposeTitle'),
                text: t('settings.exposeText', { host }),
                confirm: t('settings.expose'),
              },
              save,
            );
            return true;
          }}
        />
        <NumberSetting
          label={t('settings.port')}
          note={desktop ? t('settings.portNote') : t('settings.portNoteHeadless')}
          value={server.port}
          max={65_535}
          patch={(port) => ({ server: { port } })}
        />
      </Section>
    </div>
  );
}
