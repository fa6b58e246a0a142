import type { TFunction } from 'i18next';
import type { SettingsView } from '../../../main/contract/schemas/views.ts';
import type { SettingsPatch } from '../../api/useSettings.ts';
import type { Command } from './command.ts';

const themes = [
  ['system', 'settings.themeSystem'],
  ['light', 'settings.themeLight'],
  ['dark', 'settings.themeDark'],
] as const;

/** A language is named as its readers know it. */
const languages = [
  ['auto', null],
  ['en', 'English'],
  ['zh-CN', '简体中文'],
] as const;

const strategies = ['random', 'round-robin', 'weighted', 'least-busy', 'fastest', 'priority'] as const;

/** Choices of the settings that people change on the way; the present one is not offered again. */
export function lookCommands(
  settings: SettingsView,
  t: TFunction,
  inBoth: (
    key: 'settings.theme' | 'settings.language' | 'settings.strategy' | (typeof themes)[number][1],
  ) => readonly string[],
  save: (patch: SettingsPatch) => void,
): Command[] {
  return [
    ...themes
      .filter(([theme]) => theme !== settings.ui.theme)
      .map(
        ([theme, name]): Command => ({
          id: `theme ${theme}`,
          group: 'look',
          name: t('palette.choose', { what: t('settings.theme'), value: t(name) }),
          words: [...inBoth('settings.theme'), ...inBoth(name), theme],
          run: () => save({ ui: { theme } }),
        }),
      ),
    ...languages
      .filter(([language]) => language !== settings.ui.language)
      .map(
        ([language, name]): Command => ({
          id: `language ${language}`,
          group: 'look',
          name: t('palette.choose', {
            what: t('settings.language'),
            value: name ?? t('settings.languageAuto'),
          }),
          words: [...inBoth('settings.language'), language],
          run: () => save({ ui: { language } }),
        }),
      ),
    ...strategies
      .filter((strategy) => strategy !== settings.routing.strategy)
      .map(
        (strategy): Command => ({
          id: `strategy ${strategy}`,
          group: 'look',
          name: t('palette.choose', {
            what: t('settings.strategy'),
            value: t(`settings.strategyName.${strategy}`),
          }),
          words: [...inBoth('settings.strategy'), strategy],
          run: () => save({ routing: { strategy } }),
        }),
      ),
  ];
}
