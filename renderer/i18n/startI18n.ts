import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, type LanguageChoice, languages, resolveLanguage } from './language.ts';

const storedChoice = 'sluice.language';

/** Each language is loaded when it is spoken. */
const texts = {
  en: () => import('./en.json'),
  'zh-CN': () => import('./zh-CN.json'),
};

/** Starts with the language early.js found for the first paint. */
export async function startI18n(): Promise<void> {
  const language: Language = document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en';
  const { default: translation } = await texts[language]();
  void i18next.use(initReactI18next).init({
    resources: { [language]: { translation } },
    supportedLngs: languages,
    lng: language,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const { default: translation } = await texts[language]();
  i18next.addResourceBundle(language, 'translation', translation);
}

/** For who looks something up by its name in the other language, with `i18next.getFixedT`. */
export async function loadBothLanguages(): Promise<void> {
  await Promise.all(languages.map(load));
}

/** Switches the whole page, and remembers the choice for this device's next first paint. */
export async function applyLanguage(choice: LanguageChoice): Promise<void> {
  const language: Language = resolveLanguage(choice, navigator.languages);
  if (choice === 'auto') localStorage.removeItem(storedChoice);
  else localStorage.setItem(storedChoice, choice);
  document.documentElement.lang = language;
  if (i18next.language === language) return;
  await load(language);
  // Another choice may have been made meanwhile.
  if (document.documentElement.lang === language) await i18next.changeLanguage(language);
}
