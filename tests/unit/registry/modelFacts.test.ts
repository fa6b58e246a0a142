import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../main/base/clock.ts';
import { createModelFacts } from '../../../main/registry/modelFacts.ts';

const find = createModelFacts();

function clockAt(time: number): Clock & { time: number } {
  return {
    time,
    now() {
      return this.time;
    },
    monotonic() {
      return this.time;
    },
  };
}

describe('model facts', () => {
  test('know the models of the day, with prices and most contexts', () => {
    const names = [
      'gpt-5',
      'gpt-5.2',
      'gpt-5-mini',
      'gpt-4o',
      'o4-mini',
      'claude-sonnet-4-5',
      'claude-opus-4-6',
      'claude-haiku-4-5',
      'gemini-2.5-pro',
      'gemini-2.5-flash',
      'gemini-3.1-pro-preview',
      'deepseek-chat',
      'deepseek-reasoner',
      'qwen3-max',
      'qwen-plus',
      'glm-4.7',
      'glm-5',
      'kimi-k2.5',
      'grok-4',
      'grok-4-fast',
      'mistral-large-2512',
      'codestral-latest',
    ];
    for (const name of names) {
      const facts = find(name);
      expect([name, facts.inputUsdPerMTok, facts.outputUsdPerMTok, facts.contextTokens]).toEqual([
        name,
        expect.any(Number),
        expect.any(Number),
        expect.any(Number),
      ]);
      expect(facts.outputUsdPerMTok).toBeGreaterThan(0);
      expect(facts.contextTokens).toBeGreaterThanOrEqual(32_000);
    }
    for (const name of ['mistral-large-latest', 'glm-4.6', 'llama-3.3-70b-versatile']) {
      expect([name, find(name).outputUsdPerMTok]).toEqual([name, expect.any(Number)]);
    }
    expect(find('text-embedding-3-small')).toMatchObject({ inputUsdPerMTok: 0.02, outputUsdPerMTok: null });
  });

  test('know one model by its many names', () => {
    const gpt = find('gpt-4o');
    expect(gpt).toMatchObject({ inputUsdPerMTok: 2.5, outputUsdPerMTok: 10, cachedInputUsdPerMTok: 1.25 });
    for (const name of ['gpt-4o-2024-08-06', 'openai/gpt-4o', 'GPT-4o', ' gpt-4o ']) {
      expect([name, find(name)]).toEqual([name, gpt]);
    }
    const gemini = find('gemini-2.5-pro');
    expect(find('models/gemini-2.5-pro')).toEqual(gemini);
    expect(find('publishers/google/models/gemini-2.5-pro')).toEqual(gemini);
    expect(gemini.longContext).toMatchObject({ aboveInputTokens: 200_000 });
    expect(gemini.longContext?.inputUsdPerMTok).toBeGreaterThan(gemini.inputUsdPerMTok ?? Number.NaN);
    expect(find('anthropic/claude-sonnet-4.5')).toMatchObject({ inputUsdPerMTok: 3, outputUsdPerMTok: 15 });
    expect(find('claude-3-5-sonnet@20240620')).toMatchObject({ inputUsdPerMTok: 3, outputUsdPerMTok: 15 });
  });

  test('say nothing of models nobody sells', () => {
    for (const name of [
      'my-model',
      'demo',
      'llama3.2:3b',
      '',
      '/',
      'models/',
      '__proto__',
      'constructor',
      '%',
      'x'.repeat(5000),
    ]) {
      expect([name.slice(0, 20), Object.values(find(name))]).toEqual([
        name.slice(0, 20),
        [null, null, null, null, null],
      ]);
    }
  });

  test('let the user’s word come first, field by field', () => {
    const overrides = {
      'gpt-4o': { inputUsdPerMTok: 0 },
      'gemini-2.5-pro': { contextTokens: 1000 },
      'my-model': { outputUsdPerMTok: 7, cachedInputUsdPerMTok: 1 },
    };
    expect(find('gpt-4o', overrides)).toEqual({
      inputUsdPerMTok: 0,
      outputUsdPerMTok: 10,
      // A cached price beside a price that is not in force any more would be above it.
      cachedInputUsdPerMTok: null,
      contextTokens: 128_000,
      longContext: null,
    });
    expect(find('gemini-2.5-pro', overrides)).toEqual({ ...find('gemini-2.5-pro'), contextTokens: 1000 });
    expect(find('my-model', overrides)).toMatchObject({
      inputUsdPerMTok: null,
      outputUsdPerMTok: 7,
      cachedInputUsdPerMTok: 1,
    });
    expect(find('toString', overrides).inputUsdPerMTok).toBeNull();
    expect(find('gpt-4o').inputUsdPerMTok).toBe(2.5);
  });

  test('follow prices that depend on the time of day', () => {
    const clock = clockAt(Date.UTC(2026, 0, 5, 12));
    const timed = createModelFacts(clock);
    const byDay = timed('deepseek-chat').inputUsdPerMTok ?? Number.NaN;
    clock.time = Date.UTC(2026, 0, 5, 20);
    const byNight = timed('deepseek-chat').inputUsdPerMTok ?? Number.NaN;
    expect(byNight).toBeLessThan(byDay);
  });

  test('are remembered: a second look costs nearly nothing, and names without end do not pile up', () => {
    const remembering = createModelFacts(clockAt(0));
    expect(remembering('gpt-4o')).toBe(remembering('gpt-4o'));
    const first = remembering('gpt-4o');
    for (let n = 0; n < 5500; n++) remembering(`made-up-${n}`);
    expect(remembering('gpt-4o')).not.toBe(first);
    expect(remembering('gpt-4o')).toEqual(first);
  });
});
