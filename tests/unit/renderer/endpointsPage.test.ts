// What the Endpoints page decides without a window: order, forecast, pasted texts, presets, a diagnosis put together.
import { describe, expect, it } from 'vitest';
import type { CheckEvent, CheckStep } from '../../../main/contract/schemas/check.ts';
import type { Preset } from '../../../main/contract/schemas/views.ts';
import {
  nothingTold,
  refusedAccounts,
  stepRows,
  verdictOf,
  withEvent,
} from '../../../renderer/pages/endpoints/diagnosis.ts';
import { forecastOf } from '../../../renderer/pages/endpoints/forecast.ts';
import { movedOrder, separated } from '../../../renderer/pages/endpoints/movedOrder.ts';
import { parsePaste } from '../../../renderer/pages/endpoints/parsePaste.ts';
import { groupPresets, matchesPreset } from '../../../renderer/pages/endpoints/presetChoice.ts';
import { presetOf } from '../../../renderer/pages/endpoints/providerUrl.ts';

describe('order', () => {
  /** a | b c | d */
  const pool = [
    { id: 'a', priority: 0 },
    { id: 'b', priority: 3 },
    { id: 'c', priority: 3 },
    { id: 'd', priority: 9 },
  ];
  it.each([
    ['d', 0, 'd a b c', 'c'],
    ['a', 3, 'b c d a', 'c'],
    // Between two that share, it shares with them.
    ['a', 1, 'b a c d', 'a c'],
    ['d', 2, 'a b d c', 'd c'],
    // Out of a shared priority; who stays behind keeps a place.
    ['b', 0, 'b a c d', ''],
    ['c', 3, 'a b d c', ''],
    ['b', 1, 'a b c d', ''],
  ])('%s to place %i', (id, to, ids, shared) => {
    const order = movedOrder(pool, id, to);
    expect(order).toEqual({ ids: ids.split(' '), shared: shared.split(' ').filter(Boolean) });
  });

  it('one is taken out of what it shares', () => {
    expect(separated(pool, 'c')).toEqual({ ids: ['a', 'b', 'c', 'd'], shared: [] });
  });
});

describe('a forecast', () => {
  const hour = 3_600_000;
  const day = { startsAt: 0, endsAt: 24 * hour };
  it.each([
    ['at this pace before the reset', { used: 600, limit: 1000, lately: 100 }, 12 * hour, 16 * hour],
    ['in the first hour by what passed of it', { used: 100, limit: 300, lately: 100 }, hour / 2, 1.5 * hour],
  ])('%s', (_name, use, now, time) => {
    expect(forecastOf(use, day, now)).toEqual({ says: 'until', time });
  });
  it('is rounded down to five minutes', () => {
    const forecast = forecastOf({ used: 0, limit: 7, lately: 6 }, day, 2 * hour);
    expect(forecast).toEqual({ says: 'until', time: 3 * hour + 10 * 60_000 });
  });
  it('is honest', () => {
    expect(forecastOf({ used: 5, limit: 1000, lately: 1 }, day, 12 * hour)).toEqual({ says: 'lasts' });
    expect(forecastOf({ used: 500, limit: 1000, lately: 0 }, day, 12 * hour)).toEqual({ says: 'nothing' });
    expect(forecastOf({ used: 2, limit: 1000, lately: 2 }, day, 60_000)).toEqual({ says: 'nothing' });
    expect(forecastOf({ used: 1000, limit: 1000, lately: 9 }, day, hour)).toEqual({ says: 'used-up' });
  });
});

describe('a pasted text', () => {
  const key = 'sk-pasted-0123456789';
  it('a curl line, broken over lines', () => {
    const text = `$ curl https://api.deepseek.com/v1/chat/completions \\
  -H "Content-Type: application/json" \\
  -H 'Authorization: Bearer ${key}' \\
  -d '{"model": "deepseek-chat", "messages": [{"role": "user", "content": "it\\'s"}]}'`;
    expect(parsePaste(text)).toEqual({
      baseUrl: 'https://api.deepseek.com/v1',
      keys: [key],
      model: 'deepseek-chat',
      kind: 'openai',
      proxy: null,
      apiVersion: null,
    });
  });
  it.each([
    [
      `curl https://api.anthropic.com/v1/messages -H "x-api-key: ${key}" -H "anthropic-version: 2023-06-01"`,
      'anthropic',
      'https://api.anthropic.com',
    ],
    [
      `curl "https://n.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21" -H "api-key: ${key}"`,
      'azure',
      'https://n.openai.azure.com',
    ],
    [
      `curl -X POST "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent?key=${key}" -d '{}'`,
      'gemini',
      'https://generativelanguage.googleapis.com',
    ],
    [
      `curl -x http://127.0.0.1:7890 --url https://a.example/v1/models -H "Authorization: Bearer ${key}"`,
      'openai',
      'https://a.example/v1',
    ],
  ])('curl of each kind: %s', (text, kind, baseUrl) => {
    expect(parsePaste(text)).toMatchObject({ kind, baseUrl, keys: [key] });
  });
  it.each([
    [`export OPENAI_API_KEY=${key}\nexport OPENAI_BASE_URL="https://a.example/v1"`, 'openai'],
    [`$env:OPENAI_API_KEY="${key}"; $env:OPENAI_BASE_URL="https://a.example/v1"`, 'openai'],
    [`set OPENAI_API_KEY=${key}\r\nset OPENAI_API_BASE=https://a.example/v1`, 'openai'],
    [`ANTHROPIC_BASE_URL=https://a.example/v1\nANTHROPIC_AUTH_TOKEN='${key}'`, 'anthropic'],
    [`{\n  "base_url": "https://a.example/v1",\n  "api_key": "${key}"\n}`, 'openai'],
  ])('variables: %s', (text, kind) => {
    expect(parsePaste(text)).toMatchObject({ kind, baseUrl: 'https://a.example/v1', keys: [key] });
  });
  it('what stands in a manual for a key is none', () => {
    const text = 'curl https://a.example/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"';
    expect(parsePaste(text)).toMatchObject({ baseUrl: 'https://a.example/v1', keys: [] });
    expect(parsePaste('OPENAI_API_KEY=YOUR_API_KEY')).toBeNull();
  });
  it.each([key, 'main = sk-named-0123456789', 'me@example.com:password', 'OpenRouter', '', 'note: hello'])(
    'anything else is what it looks like: %s',
    (text) => expect(parsePaste(text)).toBeNull(),
  );
});

describe('presets', () => {
  const preset = (
    id: string,
    name: string,
    group: Preset['group'],
    baseUrl: string,
    nameZh?: string,
  ): Preset => ({
    id,
    name,
    group,
    baseUrl,
    kind: 'openai',
    keysUrl: null,
    needsKey: true,
    free: false,
    models: [],
    modelMapping: {},
    ...(nameZh ? { nameZh } : {}),
  });
  const all = [
    preset('openrouter', 'OpenRouter', 'often', 'https://openrouter.ai/api/v1'),
    preset('zhipu', 'Zhipu AI (GLM)', 'china', 'https://open.bigmodel.cn/api/paas/v4', '智谱 GLM'),
    preset('azure', 'Azure OpenAI', 'often', 'https://NAME.openai.azure.com'),
  ];
  it.each([
    ['open router', 'openrouter'],
    ['智谱', 'zhipu'],
    ['bigmodel', 'zhipu'],
    ['glm', 'zhipu'],
  ])('are found by %s', (wanted, id) => {
    expect(all.filter((one) => matchesPreset(one, wanted)).map((one) => one.id)).toEqual([id]);
  });
  it('are grouped, without empty groups', () => {
    expect(groupPresets(all, '').map(({ group }) => group)).toEqual(['often', 'china']);
    expect(groupPresets(all, 'zhipu').map(({ group }) => group)).toEqual(['china']);
  });
  it('belong to an address by its host', () => {
    expect(presetOf(all, 'https://openrouter.ai/api/v1/')?.id).toBe('openrouter');
    expect(presetOf(all, 'https://contoso.openai.azure.com')?.id).toBe('azure');
    expect(presetOf(all, 'https://elsewhere.example')).toBeNull();
    expect(presetOf(all, '')).toBeNull();
  });
});

describe('a diagnosis', () => {
  const step = (name: CheckStep['name'], state: CheckStep['state'], code: CheckStep['code']): CheckStep => ({
    name,
    state,
    ms: 1,
    code,
    facts: {},
    said: null,
    detail: '',
    mends: [],
  });
  const told = (...events: CheckEvent[]) => events.reduce(withEvent, nothingTold);
  const plan: CheckEvent = { type: 'plan', accounts: ['a', 'b'] };

  it('a step that ended takes the place of its beginning', () => {
    const diagnosis = told(
      plan,
      { type: 'step', account: null, step: step('dns', 'running', 'running') },
      { type: 'step', account: null, step: step('dns', 'ok', 'dns-ok') },
      { type: 'step', account: 'a', step: step('chat', 'running', 'running') },
    );
    const rows = stepRows(diagnosis, 'https://x.example');
    expect(rows.map(({ name, step: at }) => `${name} ${at?.state ?? '-'}`)).toEqual([
      'address -',
      'dns ok',
      'connect -',
      'tls -',
      'credential -',
      'models -',
      'chat running',
      'stream -',
    ]);
    expect(stepRows(diagnosis, 'http://x.example').some(({ name }) => name === 'tls')).toBe(false);
  });

  it('says who is refused, and that the rest works', () => {
    const diagnosis = told(
      plan,
      { type: 'step', account: 'a', step: step('credential', 'failed', 'key-refused') },
      { type: 'account', account: 'a', ok: false, models: [] },
      { type: 'step', account: 'b', step: step('chat', 'ok', 'chat-ok') },
      { type: 'account', account: 'b', ok: true, models: ['m'] },
    );
    expect(refusedAccounts(diagnosis)).toEqual(['a']);
    expect(verdictOf(diagnosis, false)).toBe('partly');
    expect(verdictOf(diagnosis, true)).toBe('running');
    expect(verdictOf(told(plan), false)).toBe('failed');
  });
});
