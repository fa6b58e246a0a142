import { useTranslation } from 'react-i18next';
import type { GatewayStatus, SettingsView } from '../../../main/contract/schemas/views.ts';
import { settingDefaults } from '../../../main/contract/settingDefaults.ts';
import { askFirst } from '../../components/askFirst.ts';
import { GatewayProblem } from '../../components/GatewayProblem.tsx';
import { NumberSetting, TextSetting } from './fields.tsx';
import { isLoopback } from './isLoopback.ts';
import { ListSetting } from './ListSetting.tsx';
import { ProxySetting } from './ProxySetting.tsx';

interface Props {
  settings: SettingsView;
  status: GatewayStatus | undefined;
}

export function NetworkSection({ settings: { server, network }, status }: Props) {
  const { t } = useTranslation();
  const defaults = settingDefaults.server;
  const desktop = status?.shell === 'desktop';
  const asking = status?.problems.filter(({ code }) => code === 'origin-waiting') ?? [];
  return (
    <>
      <TextSetting
        label={t('settings.host')}
        note={t('settings.hostNote')}
        warning={isLoopback(server.host) ? null : t('settings.exposed')}
        value={server.host}
        fallback={defaults.host}
        patch={(host) => ({ server: { host } })}
        ask={(host, save) => {
          if (isLoopback(host)) return false;
          const words = {
            title: t('settings.exposeTitle'),
            text: t('settings.exposeText', { host }),
            confirm: t('settings.expose'),
          };
          askFirst(t, words, save);
          return true;
        }}
      />
      <NumberSetting
        label={t('settings.port')}
        note={desktop ? t('settings.portNote') : t('settings.portNoteHeadless')}
        value={server.port}
        max={65_535}
        fallback={desktop ? defaults.port : undefined}
        patch={(port) => ({ server: { port } })}
        ask={(port, save) => {
          if (desktop) return false;
          const words = {
            title: t('settings.portTitle', { port: String(port) }),
            text: t('settings.portText'),
            confirm: t('settings.portMove'),
          };
          askFirst(t, words, save);
          return true;
        }}
      />
      <ProxySetting proxy={network.proxy} />
      <ListSetting
        label={t('settings.sites')}
        note={t('settings.sitesNote')}
        placeholder="https://app.example.com"
        value={server.allowedOrigins}
        patch={(allowedOrigins) => ({ server: { allowedOrigins } })}
      >
        {asking.length > 0 && (
          <ul>
            {asking.map((problem) => (
              <GatewayProblem key={problem.id} problem={problem} />
            ))}
          </ul>
        )}
      </ListSetting>
      <ListSetting
        label={t('settings.hosts')}
        note={t('settings.hostsNote')}
        placeholder="gateway.lan"
        value={server.allowedHosts}
        patch={(allowedHosts) => ({ server: { allowedHosts } })}
      />
      <NumberSetting
        label={t('settings.maxBody')}
        note={t('settings.maxBodyNote')}
        value={server.maxBodyMB}
        unit="MB"
        min={1}
        max={1024}
        fallback={defaults.maxBodyMB}
        patch={(maxBodyMB) => ({ server: { maxBodyMB } })}
      />
    </>
  );
}
