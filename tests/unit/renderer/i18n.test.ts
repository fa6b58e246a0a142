import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import { resolveLanguage } from '../../../renderer/i18n/language.ts';
import zh from '../../../renderer/i18n/zh-CN.json' with { type: 'json' };

const renderer = path.join(import.meta.dirname, '..', '..', '..', 'renderer');

function flatten(tree: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value as object, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

/** `keys.today_one` and `keys.today_other` are one key to whoever calls it. */
const withoutPlural = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/, '');
const english = flatten(en);
const chinese = flatten(zh);
const keysOf = (texts: Map<string, string>) => new Set([...texts.keys()].map(withoutPlural));
const variables = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

function sources(): string[] {
  return readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join(renderer, file), 'utf8'));
}

describe('both languages', () => {
  test('have the same keys', () => {
    expect([...keysOf(chinese)].sort()).toEqual([...keysOf(english)].sort());
  });

  test('have every plural form their language needs, and no other', () => {
    for (const [texts, locale] of [
      [english, 'en'],
      [chinese, 'zh-CN'],
    ] as const) {
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const plural = [...texts.keys()].filter((key) => key !== withoutPlural(key)).map(withoutPlural);
      for (const key of new Set(plural)) {
        const present = forms.filter((form) => texts.has(`${key}_${form}`));
        expect({ locale, key, present }).toEqual({ locale, key, present: forms });
      }
    }
  });

  test('say something in every text: an empty one is shown as its key', () => {
    const blank = [...english, ...chinese].filter(([, text]) => text.trim() === '');
    expect(blank).toEqual([]);
  });

  test('put the same facts into each text', () => {
    const factsOf = (texts: Map<string, string>, key: string) =>
      [...texts].filter(([name]) => withoutPlural(name) === key).flatMap(([, text]) => variables(text));
    for (const key of keysOf(english)) {
      const ours = new Set(factsOf(english, key));
      // `count` may stand in one language only: it also chooses the plural.
      const theirs = new Set(factsOf(chinese, key));
      for (const set of [ours, theirs]) set.delete('count');
      expect({ key, facts: [...theirs].sort() }).toEqual({ key, facts: [...ours].sort() });
    }
  });

  test('hold no key that nobody uses', () => {
    const code = sources().join('\n');
    // t(`state.${state}`) uses everything below "state."; t('x.y') and tables of keys name them whole.
    const open = [...code.matchAll(/`([\w.]+)\$\{[^}]+\}([\w.]*)`/g)].map(
      ([, start, end]) => [start ?? '', end ?? ''] as const,
    );
    const unused = [...keysOf(english)].filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !open.some(([start, end]) => start.includes('.') && key.startsWith(start) && key.endsWith(end)),
    );
    expect(unused).toEqual([]);
  });
});

describe('Chinese', () => {
  const han = '[\\u4e00-\\u9fff]';

  test('leaves the thin space to the page and writes full-width punctuation', () => {
    const wrong = [...chinese].filter(
      ([, text]) =>
        // A unit such as "Token" may stand apart from a number.
        new RegExp(`${han} [A-Za-z0-9{]|[A-Za-z0-9}] ${han}`).test(text) ||
        new RegExp(`${han}[,.:;?!()]`).test(text),
    );
    expect(wrong).toEqual([]);
  });

  test('is written as people write', () => {
    expect([...chinese.values()].filter((text) => /请您|您|进行操作/.test(text))).toEqual([]);
  });
});

test('the language is the chosen one, else the first of the system that we have', () => {
  expect(resolveLanguage('zh-CN', ['en-US'])).toBe('zh-CN');
  expect(resolveLanguage('auto', ['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
  expect(resolveLanguage('auto', ['fr-FR'])).toBe('en');
});
