import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { conversations, geminiMethods, operationsByPath } from '../../../main/protocol/operation.ts';
import { operationWords } from '../../../renderer/components/operationWords.ts';
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import zh from '../../../renderer/i18n/zh-CN.json' with { type: 'json' };
import { repairWords } from '../../../renderer/pages/requests/repairWords.ts';
import { root } from '../../arch/sourceFiles.ts';

let english: TFunction;
let chinese: TFunction;
beforeAll(async () => {
  await i18next.init({
    resources: { en: { translation: en }, 'zh-CN': { translation: zh } },
    interpolation: { escapeValue: false },
  });
  english = i18next.getFixedT('en');
  chinese = i18next.getFixedT('zh-CN');
});

/** Every phrase that stands in the program as a whole. */
function phrasesInSources(): string[] {
  const folders = ['protocol', 'upstream'].map((zone) => path.join(root, 'main', zone));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8')),
  );
  const calls = /\b(?:repairs\.(?:add|push)|note)\('([^']+)'\)/g;
  return [...new Set(files.flatMap((text) => [...text.matchAll(calls)].map(([, phrase = '']) => phrase)))];
}

test('every repair there is has words in the user’s language', () => {
  const phrases = phrasesInSources();
  expect(phrases.length).toBeGreaterThan(10);
  expect(phrases.filter((phrase) => repairWords(phrase, chinese) === phrase)).toEqual([]);
});

describe('repairs in words', () => {
  test.each([
    ['left out temperature', '去掉temperature'],
    ['left out generationConfig.topK', '去掉generationConfig.topK'],
    ['left out earlier thinking', '去掉之前的思考内容'],
    ['sent max_tokens as max_completion_tokens', 'max_tokens改为max_completion_tokens'],
    ['sent developer messages as system', 'developer消息改为system'],
    ['sent later system messages as user', '后面的system消息改为user'],
    ['merged neighbouring messages of one role', '合并相邻的同角色消息'],
    ['switched off thinking', '关闭思考'],
    ['left out 2 of 6 cache marks', '去掉6个缓存标记中的2个'],
    ['simplified tool schemas', '简化工具的Schema'],
    ['raised max_output_tokens to 16', '把max_output_tokens提高到16'],
    ['lowered max_tokens to 8192', '把max_tokens降到8192'],
    ['put presence_penalty between 0 and 2', '把presence_penalty限制在0到2'],
    ['described the tools in words', '用文字说明工具'],
  ])('%s', (phrase, words) => {
    expect(repairWords(phrase, chinese)).toBe(words);
    expect(repairWords(phrase, english)).toBe(phrase);
  });

  test.each([
    'something nobody foresaw',
    'simplified tool schemas twice',
    'toString',
    'left out',
    'left out ',
    'sent it',
    'Left out temperature',
    'was left out temperature',
    '',
  ])('%j has no known shape and stays', (phrase) => {
    expect(repairWords(phrase, chinese)).toBe(phrase);
  });

  test('whatever an option is called, it is shown as it is', () => {
    for (const name of ['<b>x</b>', '{{what}}', '$t(repaired.title)', 'as as as'])
      expect(repairWords(`left out ${name}`, chinese)).toBe(`去掉${name}`);
  });
});

describe('operations in words', () => {
  const names = [
    ...Object.values(conversations),
    ...Object.values(operationsByPath),
    ...Object.values(geminiMethods).map(({ operation }) => operation),
  ].map(({ name }) => name);

  test('every operation of the gateway has some, and no two share them', () => {
    const all = [...new Set(names)];
    for (const t of [english, chinese]) {
      const words = all.map((name) => operationWords(name, t));
      expect(words.filter((text, at) => text === all[at])).toEqual([]);
      expect(new Set(words).size).toBe(all.length);
    }
    expect(operationWords('responses', chinese)).toBe('对话（OpenAI Responses）');
  });

  test('one from elsewhere keeps its name', () => {
    expect(operationWords('videos/generations', chinese)).toBe('videos/generations');
    expect(operationWords('constructor', english)).toBe('constructor');
  });
});
