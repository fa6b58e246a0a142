import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../../main/contract/errorCodes.ts';
import { skipCodeSchema, type Why } from '../../../main/contract/schemas/record.ts';
import type { ClientKeyView, EndpointView } from '../../../main/contract/schemas/views.ts';
import { whyCannotCarry, whyHeld, whyLimited, whyUnsupported } from '../../../main/guards/why.ts';
import { describeForeignBody } from '../../../main/protocol/foreignBody.ts';
import { classifyTimeout, classifyTransport } from '../../../main/upstream/classifyFailure.ts';
import { attemptWords } from '../../../renderer/components/attemptWords.ts';
import { endpointStanding, tightestLimit } from '../../../renderer/components/endpointStanding.ts';
import { failureWords } from '../../../renderer/components/failureWords.ts';
import { limitFieldsOf, limitsOf } from '../../../renderer/components/limitFields.ts';
import { reasonLine, reasonWords } from '../../../renderer/components/reasonWords.ts';
import { fieldPath, sortIssues } from '../../../renderer/components/serverIssues.ts';
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import zh from '../../../renderer/i18n/zh-CN.json' with { type: 'json' };
import {
  changesOrigin,
  createInputOf,
  endpointFields,
  updateInputOf,
  valuesOfEndpoint,
  valuesOfPreset,
} from '../../../renderer/pages/endpoints/endpointForm.ts';
import { parseKeyLines } from '../../../renderer/pages/endpoints/parseKeyLines.ts';
import { keyInputOf, keyPatchOf, valuesOfKey } from '../../../renderer/pages/keys/keyForm.ts';
import { curlLine } from '../../../renderer/pages/overview/curlLine.ts';
import { isLoopback } from '../../../renderer/pages/settings/isLoopback.ts';

const account = (
  change: Partial<EndpointView['accounts'][number]> = {},
): EndpointView['accounts'][number] => ({
  id: 'a1',
  name: 'main',
  enabled: true,
  weight: 1,
  limits: {},
  secret: { source: 'vault', mask: '••4f2a', state: 'ready', reason: null },
  effectiveLimits: { rpm: -1, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 },
  usage: { rpm: 0, rpd: 0, tpm: 0, tpd: 0, concurrent: 0 },
  state: 'ready',
  until: null,
  reason: null,
  holds: [],
  inFlight: 0,
  ...change,
});

const endpoint = (change: Partial<EndpointView> = {}): EndpointView => ({
  id: 'openai',
  name: 'OpenAI',
  kind: 'azure',
  baseUrl: 'https://one.example.com/v1',
  enabled: true,
  priority: 3,
  weight: 2,
  free: true,
  models: ['gpt-4o'],
  modelMapping: { 'gpt-4': 'gpt-4o' },
  limits: { rpm: 60, rpd: -1, tpm: -1, tpd: 0, concurrent: -1 },
  headers: { 'x-team': 'a' },
  proxy: null,
  options: { apiVersion: '2024-10-21', kept: true },
  accounts: [account()],
  health: 'ready',
  servedModels: ['gpt-4o'],
  modelsFrom: 'settings',
  inactive: [],
  quotaDay: { startsAt: 0, endsAt: 86_400_000 },
  isDemo: false,
  ...change,
});

describe('pasted keys', () => {
  test('are one a line, with names where they were given, without doubles', () => {
    const text = ' sk-one \n\nwork = sk-two==\nsk-one\r\nsk-three= ';
    expect(parseKeyLines(text)).toEqual([
      { secret: 'sk-one' },
      { name: 'work', secret: 'sk-two==' },
      { secret: 'sk-three=' },
    ]);
  });

  test.each([
    'sk-one,sk-two,sk-three',
    'sk-one, sk-two,\nsk-three,',
    'sk-one sk-two；sk-three',
    'sk-one，sk-two、sk-three',
    '["sk-one", "sk-two", "sk-three"]',
    "- 'sk-one'\n- sk-two\n- `sk-three`",
  ])('are three where other programs keep them as %j', (text) => {
    expect(parseKeyLines(text).map(({ secret }) => secret)).toEqual(['sk-one', 'sk-two', 'sk-three']);
  });

  test('share the name they were given, by number', () => {
    expect(parseKeyLines('work = sk-one, sk-two\nhome = "sk-three"')).toEqual([
      { name: 'work 1', secret: 'sk-one' },
      { name: 'work 2', secret: 'sk-two' },
      { name: 'home', secret: 'sk-three' },
    ]);
  });

  test('beside logins leave them as they are', () => {
    expect(parseKeyLines('me@example.com, a,b c\nsk-one,sk-two', { logins: true })).toEqual([
      { email: 'me@example.com', secret: 'a,b c' },
      { secret: 'sk-one' },
      { secret: 'sk-two' },
    ]);
  });
});

describe('the endpoint form', () => {
  test('gives back what it was filled with', () => {
    const view = endpoint();
    const bare = { name: '', models: [], modelMapping: {}, headers: {}, weight: 1, free: false };
    const limits0 = { rpm: -1, rpd: 5, tpm: 5, tpd: -1, concurrent: 5 };
    const other = endpoint({
      ...bare,
      kind: 'openai',
      baseUrl: 'https://two.example.com',
      enabled: false,
      limits: limits0,
      proxy: 'direct',
      options: { kept: true },
    });
    const { patch } = updateInputOf(other, valuesOfEndpoint(view));
    const {
      name,
      kind,
      baseUrl,
      enabled,
      weight,
      free,
      models,
      modelMapping,
      limits,
      headers,
      proxy,
      options,
    } = view;
    expect(patch).toEqual({
      name,
      kind,
      baseUrl,
      enabled,
      weight,
      free,
      models,
      modelMapping,
      limits,
      headers,
      proxy,
      options,
    });
  });

  test('saves what it changed alone, so that what was changed elsewhere meanwhile stays', () => {
    const view = endpoint();
    const values = valuesOfEndpoint(view);
    expect(updateInputOf(view, values).patch).toEqual({});
    const typed = { ...values, name: 'Mine', limits: { ...values.limits, rpd: 9 } };
    expect(updateInputOf(view, typed).patch).toEqual({ name: 'Mine', limits: { rpd: 9 } });
  });

  test('leaves rows out that were never filled in, and takes keys along when it makes a new one', () => {
    const values = valuesOfPreset(null);
    const input = createInputOf({
      ...values,
      baseUrl: ' http://localhost:1/v1 ',
      keys: 'sk-a\nsk-b',
      mapping: [
        { from: 'a', to: '' },
        { from: ' b ', to: 'c' },
      ],
      weight: '',
    });
    expect(input).toMatchObject({
      baseUrl: 'http://localhost:1/v1',
      accounts: [{ secret: 'sk-a' }, { secret: 'sk-b' }],
      modelMapping: { b: 'c' },
      weight: 1,
      proxy: null,
    });
  });

  test('warns where another origin would drop the keys', () => {
    const to = (baseUrl: string, change: Partial<EndpointView> = {}) => {
      const view = endpoint(change);
      return changesOrigin(view, { ...valuesOfEndpoint(view), baseUrl });
    };
    expect(to('https://one.example.com/other')).toBe(false);
    expect(to('https://two.example.com/v1')).toBe(true);
    const keyless = account({ secret: { source: 'none', mask: null, state: 'none', reason: null } });
    expect(to('https://two.example.com/v1', { accounts: [keyless] })).toBe(false);
  });

  test('warns where a login’s password would go to another place to sign in', () => {
    const view = endpoint({ kind: 'ondemand', options: { authBaseUrl: 'https://login.example.com' } });
    const values = valuesOfEndpoint(view);
    expect(changesOrigin(view, values)).toBe(false);
    expect(changesOrigin(view, { ...values, authBaseUrl: 'https://login.example.com/sso' })).toBe(false);
    expect(changesOrigin(view, { ...values, authBaseUrl: 'https://other.example.com' })).toBe(true);
  });

  test('starts from the names a preset brings', () => {
    const preset = {
      id: 'p',
      name: 'P',
      group: 'other' as const,
      kind: 'ondemand' as const,
      baseUrl: 'https://p.example.com',
      keysUrl: null,
      needsKey: true,
      free: false,
      models: [],
      modelMapping: { 'gpt-4o': 'predefined-openai-gpt4o' },
    };
    expect(createInputOf(valuesOfPreset(preset)).modelMapping).toEqual(preset.modelMapping);
  });

  test('an empty limit is none, a zero stays a zero', () => {
    expect(limitsOf(limitFieldsOf({ rpm: 0, tpm: -1 }))).toEqual({
      rpm: 0,
      rpd: -1,
      tpm: -1,
      tpd: -1,
      concurrent: -1,
    });
  });
});

test('a client key without models may use all; its expiry survives the form to the minute', () => {
  const values = { ...valuesOfKey(null), expiry: 'date' as const, expires: '2030-01-02T03:04' };
  const input = keyInputOf(values, 0);
  expect(input.models).toEqual(['*']);
  expect(new Date(input.expiresAt ?? '')).toEqual(new Date(2030, 0, 2, 3, 4));
  const { expires } = valuesOfKey({ ...input, id: 'k', expiresAt: input.expiresAt } as never);
  expect(expires).toBe('2030-01-02T03:04');
});

test('a client key’s form saves what it changed alone, and no expiry cut to the minute', () => {
  const key = {
    ...keyInputOf({ ...valuesOfKey(null), name: 'Mine', budget: 0.125 }, 0),
    id: 'k',
    expiresAt: '2030-01-02T03:04:05.678Z',
  } as unknown as ClientKeyView;
  const values = valuesOfKey(key);
  expect(keyPatchOf(key, values, 0)).toEqual({});
  const limits = { ...values.limits, rpm: 3 };
  expect(keyPatchOf(key, { ...values, limits }, 0)).toEqual({ limits: { rpm: 3 } });
});

describe('issues of the gateway', () => {
  beforeAll(async () => {
    await i18next.init({
      lng: 'zh-CN',
      resources: { en: { translation: en }, 'zh-CN': { translation: zh } },
    });
  });

  test('are shown at the field they name, in the user’s language', () => {
    const sorted = sortIssues(
      [
        { path: 'endpoints[2].baseUrl', message: 'must be a whole URL, such as https://api.openai.com/v1' },
        { path: 'patch.limits.rpm', message: 'something new' },
        { path: 'accounts[1].secret', message: 'Too small: expected string to have >=1 characters' },
        { path: 'elsewhere', message: 'who knows' },
      ],
      endpointFields,
      i18next.t,
    );
    expect(sorted.fields.baseUrl).toMatch(/完整地址/);
    expect(sorted.fields['limits.rpm']).toBe('something new');
    expect(sorted.fields.accounts).toBe('[1].secret: 不能为空');
    expect(sorted.rest).toEqual(['elsewhere: who knows']);
    expect(fieldPath('clientKeys[0].limits.tpd')).toBe('limits.tpd');
  });

  test('reasons of the planner are put into words; an upstream’s own stay', () => {
    const line = (why: Why) => reasonLine(why, i18next.t);
    const limited = whyLimited({ limit: 'rpm', allowed: 60, until: null });
    expect(line(limited)).toBe('已达上限：每分钟请求数60');
    expect(line(whyHeld({ state: 'cooling', reason: 'Rate limit reached' }))).toBe(
      '冷却中：Rate limit reached',
    );
    // A record of an older version.
    expect(line({ code: null, facts: {}, reason: limited.reason })).toBe('limit rpm 60 reached');
  });

  test('what the gateway itself says in English is not read behind a Chinese sentence', () => {
    const line = (why: Why) => reasonLine(why, i18next.t);
    const carry = (param: string | null) => line(whyCannotCarry({ message: 'It takes no audio.', param }));
    expect(line(whyUnsupported({ operation: 'rerank', words: 'It does not rerank.' }))).toBe(
      '这类端点没有“重排序”接口',
    );
    const known = ['messages', 'messages.system', 'messages.tool', 'tools', 'tool_choice', 'n', 'modalities'];
    for (const param of known) expect(carry(param)).not.toMatch(/[a-z]/i);
    expect(new Set(known.map(carry)).size).toBe(known.length);
    // What no words are known for is folded away below the line, see OriginalWords.
    for (const param of [null, 'messages[2].audio', 'toString'])
      expect(carry(param)).toBe('它的接口无法表达请求中的部分内容');
  });

  test('what happened on the way to an upstream is told in Chinese; what it said itself is quoted', () => {
    const codes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETRESET'];
    codes.push('ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'CERT_HAS_EXPIRED');
    codes.push(
      'SELF_SIGNED_CERT_IN_CHAIN',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    );
    const reasons = codes.map(
      (code) => classifyTransport(Object.assign(new Error('as the system says'), { code })).reason,
    );
    reasons.push(classifyTimeout(60_000).reason);
    for (const body of ['<!doctype html><title>Sign in</title>', ''])
      reasons.push(describeForeignBody(Buffer.from(body)));
    for (const reason of reasons) {
      expect(attemptWords(reason, i18next.t), reason).toMatch(/[\u4e00-\u9fff]/);
      expect(attemptWords(reason, i18next.t)).not.toContain('attempt.');
    }
    expect(attemptWords('Incorrect API key provided.', i18next.t)).toBeNull();
  });

  test('every error of the gateway has words in both languages', () => {
    for (const language of ['en', 'zh-CN']) {
      const t = i18next.getFixedT(language);
      const words = Object.keys(errorCatalogue).map((code) => failureWords(code, t));
      expect(new Set(words).size).toBe(words.length);
      expect(words.join()).not.toContain('failure.');
      for (const code of [null, 'insufficient_quota', 'toString']) expect(failureWords(code, t)).toBeNull();
    }
  });

  test('each code has words of its own in both languages', () => {
    for (const language of ['en', 'zh-CN']) {
      const t = i18next.getFixedT(language);
      const words = skipCodeSchema.options.map((code) =>
        reasonWords({ code, facts: { limit: 'rpm', allowed: 1 }, reason: '' }, t),
      );
      expect(new Set(words).size).toBe(skipCodeSchema.options.length);
      expect(words.join()).not.toContain('reason.');
    }
  });
});

describe('how an endpoint stands', () => {
  test('a refused account is named before one that only waits', () => {
    const standing = endpointStanding(
      endpoint({
        accounts: [
          account({ id: 'a', state: 'cooling', until: 2000 }),
          account({ id: 'b', state: 'refused' }),
          account({ id: 'c', state: 'off', enabled: false }),
        ],
      }),
    );
    expect(standing).toMatchObject({ tone: 'wait', ready: 0, total: 2, backAt: 2000 });
    expect(standing.trouble?.id).toBe('b');
    // Whose state is said beside the time: a refused key does not come back in two seconds.
    expect(standing.next?.id).toBe('a');
  });

  test('while one can be used, the next to come back is told, not when a refused one is tried again', () => {
    const standing = endpointStanding(
      endpoint({
        accounts: [
          account({ id: 'a', state: 'ready' }),
          account({ id: 'b', state: 'refused', until: 90_000 }),
          account({ id: 'c', state: 'cooling', until: 3000 }),
          account({ id: 'd', state: 'limited', until: 2000 }),
        ],
      }),
    );
    expect(standing).toMatchObject({ tone: 'wait', ready: 1, total: 4, backAt: 2000 });
  });

  test('nothing that comes back by itself is bad; switched off is no trouble', () => {
    expect(endpointStanding(endpoint({ accounts: [account({ state: 'refused' })] })).tone).toBe('bad');
    expect(
      endpointStanding(endpoint({ enabled: false, accounts: [account({ state: 'off' })] })),
    ).toMatchObject({
      tone: 'off',
      trouble: null,
    });
  });

  test('the tightest limit is the one nearest to its end, and only where every account has it', () => {
    const limited = (rpm: number, used: number) =>
      account({
        effectiveLimits: { rpm, rpd: 1000, tpm: -1, tpd: -1, concurrent: -1 },
        usage: { rpm: used, rpd: 10, tpm: 0, tpd: 0, concurrent: 0 },
      });
    expect(tightestLimit(endpoint({ accounts: [limited(60, 30), limited(60, 60)] }))).toEqual({
      kind: 'rpm',
      used: 90,
      limit: 120,
    });
    expect(tightestLimit(endpoint({ accounts: [limited(60, 60), limited(-1, 5)] }))?.kind).toBe('rpd');
    expect(tightestLimit(endpoint())).toBeNull();
  });
});

test('the first request is one line of shell, whatever the texts hold', () => {
  const options = { address: 'http://localhost:8282/v1', key: null, model: 'demo', text: "What's up?" };
  const unix = curlLine({ ...options, windows: false });
  expect(unix).toContain("'Authorization: Bearer YOUR_KEY'");
  expect(unix).toContain(`"content":"What'\\''s up?"`);
  const windows = curlLine({ ...options, windows: true, key: 'sk-x' });
  expect(windows).toContain('"Authorization: Bearer sk-x"');
  expect(windows).toContain('\\"model\\":\\"demo\\"');
});

test('only this machine’s own addresses are harmless to listen on', () => {
  expect(['127.0.0.1', '127.8.8.8', 'localhost', '[::1]', '::1'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.com'].some(isLoopback)).toBe(false);
});
