import { useTranslation } from 'react-i18next';
import { type Language, languages } from '../../i18n/language.ts';
import { applyLanguage } from '../../i18n/startI18n.ts';
import classes from './LanguagePick.module.css';

/** As each is known to its readers. */
const names: Record<Language, string> = { en: 'English', 'zh-CN': '中文' };

/** Both languages, each in its own words: whoever can't read the page finds the other. */
export function LanguagePick({ onPick }: { onPick(language: Language): void }) {
  const { t, i18n } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame to two words
    <div className={classes.pick} role="group" aria-label={t('settings.language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => {
            void applyLanguage(language);
            onPick(language);
          }}
        >
          {names[language]}
        </button>
      ))}
    </div>
  );
}
