import { describe, expect, test } from 'vitest';
import { expiryMoment, keyExpiry } from '../../../renderer/pages/keys/keyExpiry.ts';
import { keyInputOf, ownRules, valuesOfKey } from '../../../renderer/pages/keys/keyForm.ts';
import { modelPatterns, modelReach } from '../../../renderer/pages/keys/modelReach.ts';
import { requestsOfKey } from '../../../renderer/pages/keys/requestsOfKey.ts';

const now = Date.UTC(2026, 9, 14, 12);
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(now + days * dayMs).toISOString();

describe('a key’s expiry', () => {
  test.each([
    [null, { state: 'never' }],
    [inDays(30), { state: 'far' }],
    [inDays(3.5), { state: 'near', days: 3 }],
    [inDays(0.2), { state: 'near', days: 0 }],
    [inDays(0), { state: 'over' }],
    [inDays(-1), { state: 'over' }],
  ])('%s', (expiresAt, expected) => {
    expect(keyExpiry(expiresAt, now)).toMatchObject(expected);
  });

  test('is chosen by its distance, or by a date of one’s own time zone', () => {
    expect(expiryMoment('never', '2030-01-02T03:04', now)).toBeNull();
    expect(expiryMoment('week', '', now)).toBe('2026-10-21T12:00:00.000Z');
    expect(expiryMoment('month', '2030-01-02T03:04', now)).toBe('2026-11-13T12:00:00.000Z');
    expect(expiryMoment('date', '2030-01-02T03:04', now)).toBe(new Date(2030, 0, 2, 3, 4).toISOString());
    expect(expiryMoment('date', '', now)).toBeNull();
  });
});

describe('what a key may ask for', () => {
  const catalogue = ['gpt-4o', 'gpt-4o-mini', 'claude-x', 'anthropic/a', 'anthropic/b', 'qwen'];

  test('is counted in the catalogue, and what reaches nothing is named', () => {
    expect(modelReach([], catalogue)).toEqual({ reached: 6, total: 6, idle: [] });
    expect(modelReach(['gpt-*', 'gpt-4o', 'kimi', 'glm-*'], catalogue)).toEqual({
      reached: 2,
      total: 6,
      idle: ['kimi', 'glm-*'],
    });
  });

  test('is everything but what a list leaves out', () => {
    expect(modelReach(['!gpt-*', '!kimi'], catalogue)).toEqual({ reached: 4, total: 6, idle: ['!kimi'] });
    expect(modelReach(['gpt-*', '!gpt-4o'], catalogue)).toMatchObject({ reached: 1, idle: [] });
    expect(modelReach(['*', '!'], catalogue).idle).toEqual([]);
  });

  test('comes out of the form as it went in', () => {
    const through = (...models: string[]) => {
      const values = { ...valuesOfKey(null), models: ownRules(models) };
      return keyInputOf(values, now).models;
    };
    expect(through('*')).toEqual(['*']);
    expect(through('*', '!o1')).toEqual(['*', '!o1']);
    expect(through('!o1')).toEqual(['*', '!o1']);
    expect(through('gpt-*', '!gpt-4o')).toEqual(['gpt-*', '!gpt-4o']);
  });

  test('families of several names are offered as patterns', () => {
    expect(modelPatterns(catalogue)).toEqual(['anthropic/*', 'gpt-*']);
    expect(modelPatterns([])).toEqual([]);
  });
});

test('the link to a key’s requests survives any id', () => {
  const query = new URLSearchParams(requestsOfKey('a b&c').split('?')[1]);
  expect(query.get('clientKeyId')).toBe('a b&c');
});
