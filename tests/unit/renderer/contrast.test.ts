import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, '../../../renderer/theme/tokens.css'), 'utf8');

function tokensOf(theme: string): Map<string, string> {
  const block = css.split(`[data-mantine-color-scheme="${theme}"] {`)[1]?.split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** WCAG 2, AA, for text of ordinary size. */
const leastForText = 4.5;

const surfaces = [
  'bg',
  'side',
  'raised',
  'field',
  'hover',
  'chosen',
  'sunken',
  'accent-soft',
  'good-soft',
  'wait-soft',
  'bad-soft',
];
const words = ['text', 'text-2', 'text-3', 'accent-text', 'good', 'wait', 'bad'];
const texts: [text: string, surface: string][] = [
  ...words.flatMap((word): [string, string][] => surfaces.map((surface) => [word, surface])),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent', 'danger'],
  ['on-accent', 'danger-hover'],
];

test.each(['light', 'dark'])('every text can be read on every surface, %s', (theme) => {
  const tokens = tokensOf(theme);
  const faint = texts.flatMap(([text, surface]) => {
    const ratio = contrast(tokens.get(text) ?? '', tokens.get(surface) ?? '');
    return ratio >= leastForText ? [] : [`${text} on ${surface}: ${ratio.toFixed(2)}`];
  });
  expect(faint).toEqual([]);
});
