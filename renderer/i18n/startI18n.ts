import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import { type Language, type LanguageChoice, languages, resolveLanguage } from './language.ts';
import zhCN from './zh-CN.json';

const storedChoice = 'sluice.language';

/** Starts with the language early.js found for the first paint. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    supportedLngs: languages,
    lng: document.documentElement.lang,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
  });
}

/** Switches the whole page, and remembers the choice for this device's next first paint. */
export function applyLanguage(choice: LanguageChoice): void {
  const language: Language = resolveLanguage(choice, navigator.languages);
  if (choice === 'auto') localStorage.removeItem(storedChoice);
  else localStorage.setItem(storedChoice, choice);
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
}
