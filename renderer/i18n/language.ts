/** Which of the two languages to speak: the chosen one, else the first of the system's that we have. */
export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];
export type LanguageChoice = 'auto' | Language;

export function resolveLanguage(choice: LanguageChoice, system: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  for (const tag of system) {
    const base = tag.toLowerCase().split('-')[0];
    if (base === 'zh') return 'zh-CN';
    if (base === 'en') return 'en';
  }
  return 'en';
}
