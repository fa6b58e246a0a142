import { useTranslation } from 'react-i18next';
import type { Strategy } from '../../../main/contract/schemas/settings.ts';
import type { SettingsView } from '../../../main/contract/schemas/views.ts';
import { settingDefaults } from '../../../main/contract/settingDefaults.ts';
import { ChoiceSetting, NumberSetting, SwitchSetting } from './fields.tsx';

const strategies: readonly Strategy[] = [
  'random',
  'round-robin',
  'weighted',
  'least-busy',
  'fastest',
  'priority',
];
const timeouts = ['connectMs', 'firstByteMs', 'idleMs', 'totalMs'] as const;

export function RoutingSection({ routing }: Pick<SettingsView, 'routing'>) {
  const { t } = useTranslation();
  const defaults = settingDefaults.routing;
  return (
    <>
      <ChoiceSetting<Strategy>
        label={t('settings.strategy')}
        note={t(`settings.strategyNote.${routing.strategy}`)}
        value={routing.strategy}
        fallback={defaults.strategy}
        options={strategies.map((value) => ({ value, label: t(`settings.strategyName.${value}`) }))}
        patch={(strategy) => ({ routing: { strategy } })}
      />
      <NumberSetting
        label={t('settings.attempts')}
        note={t('settings.attemptsNote')}
        value={routing.maxAttempts}
        min={1}
        max={20}
        fallback={defaults.maxAttempts}
        patch={(maxAttempts) => ({ routing: { maxAttempts } })}
      />
      <NumberSetting
        label={t('settings.retryDelay')}
        note={t('settings.retryDelayNote')}
        value={routing.retryDelayMs}
        unit="ms"
        max={60_000}
        fallback={defaults.retryDelayMs}
        patch={(retryDelayMs) => ({ routing: { retryDelayMs } })}
      />
      <SwitchSetting
        label={t('settings.affinity')}
        note={t('settings.affinityNote')}
        value={routing.affinity}
        fallback={defaults.affinity}
        patch={(affinity) => ({ routing: { affinity } })}
      />
    </>
  );
}

/** Kept in milliseconds, written in seconds. */
export function TimeoutsSection({ timeouts: held }: Pick<SettingsView, 'timeouts'>) {
  const { t } = useTranslation();
  return timeouts.map((name) => (
    <NumberSetting
      key={name}
      label={t(`timeout.${name}.name`)}
      note={t(`timeout.${name}.note`)}
      value={held[name] / 1000}
      unit="s"
      fallback={settingDefaults.timeouts[name] / 1000}
      patch={(seconds) => ({ timeouts: { [name]: Math.round(seconds * 1000) } })}
    />
  ));
}
