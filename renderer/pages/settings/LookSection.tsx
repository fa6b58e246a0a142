import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../../main/contract/schemas/views.ts';
import { ChoiceSetting, SwitchSetting } from './fields.tsx';

export function LookSection({ ui, desktop }: Pick<SettingsView, 'ui'> & { desktop: boolean }) {
  const { t } = useTranslation();
  return (
    <>
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
          <SwitchSetting
            label={t('settings.notifications')}
            note={t('settings.notificationsNote')}
            value={ui.notifications}
            patch={(notifications) => ({ ui: { notifications } })}
          />
        </>
      )}
    </>
  );
}
