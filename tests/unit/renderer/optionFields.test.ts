import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { fieldPath, sortIssues } from '../../../renderer/components/serverIssues.ts';
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import zh from '../../../renderer/i18n/zh-CN.json' with { type: 'json' };
import { endpointFields } from '../../../renderer/pages/endpoints/endpointForm.ts';
import { optionFieldsOf, optionsOf } from '../../../renderer/pages/endpoints/optionFields.ts';

const allOn = optionFieldsOf({}).repairs;

describe('options in the endpoint form', () => {
  test.each([
    {},
    { repairs: true },
    { repairs: false },
    { repairs: { roles: false, dropOptions: true, later: 'x' } },
    { api: 'responses', apiVersion: '2024-10-21', mine: [1] },
  ])('%j come back as they were', (options) => {
    expect(optionsOf('azure', optionFieldsOf(options), options)).toEqual(options);
  });

  test.each([
    {},
    { systemPrompt: 'fulfillment', promptTools: true, sessionTimeoutMinutes: 0 },
    { systemPrompt: 'query', promptTools: false, sessionTimeoutMinutes: 30 },
    { authBaseUrl: 'http://localhost:1', mediaBaseUrl: 'http://localhost:2/media', mine: 'x' },
  ])('%j of on-demand.io come back as they were', (options) => {
    expect(optionsOf('ondemand', optionFieldsOf(options), options)).toEqual(options);
  });

  test('what holds anyway is not written down', () => {
    const fields = { ...optionFieldsOf({}), sessionTimeoutMinutes: 30, configBaseUrl: ' ' };
    expect(optionsOf('ondemand', fields, {})).toEqual({});
    const changed = { ...fields, sessionTimeoutMinutes: 5, promptTools: true, configBaseUrl: ' http://c ' };
    expect(optionsOf('ondemand', changed, {})).toEqual({
      sessionTimeoutMinutes: 5,
      promptTools: true,
      configBaseUrl: 'http://c',
    });
    expect(optionsOf('openai', changed, {})).toEqual({});
  });

  test('a session timeout that was emptied is the usual one again', () => {
    const earlier = { sessionTimeoutMinutes: 5 };
    const fields = { ...optionFieldsOf(earlier), sessionTimeoutMinutes: '' as const };
    expect(optionsOf('ondemand', fields, earlier)).toEqual({});
  });

  test('a switched-off repair is written down, and taken back when all are on again', () => {
    const off = optionsOf('gemini', { ...optionFieldsOf({}), repairs: { ...allOn, schemas: false } }, {});
    expect(off).toEqual({ repairs: { schemas: false } });
    expect(optionsOf('gemini', { ...optionFieldsOf(off), repairs: allOn }, off)).toEqual({});
  });

  test('one repair switched on where none was leaves the others off', () => {
    const earlier = { repairs: false };
    const fields = optionFieldsOf(earlier);
    const next = optionsOf('openai', { ...fields, repairs: { ...fields.repairs, roles: true } }, earlier);
    expect(optionFieldsOf(next).repairs).toEqual({ ...fields.repairs, roles: true });
  });

  test('switches this window does not know survive', () => {
    const earlier = { repairs: { roles: false, later: false } };
    expect(optionsOf('openai', { ...optionFieldsOf(earlier), repairs: allOn }, earlier)).toEqual({
      repairs: { later: false },
    });
  });

  test('only the kind’s own options are written', () => {
    const fields = { ...optionFieldsOf({}), apiVersion: ' 2024-10-21 ', api: 'chat' as const };
    expect(optionsOf('azure', fields, {})).toEqual({ apiVersion: '2024-10-21', api: 'chat' });
    expect(optionsOf('openai', fields, {})).toEqual({ api: 'chat' });
    expect(optionsOf('anthropic', fields, {})).toEqual({});
    expect(optionsOf('gemini', optionFieldsOf({}), { token: 'x' })).toEqual({ token: 'x' });
  });

  test('emptied, they are absent', () => {
    const earlier = { apiVersion: '2024-10-21', api: 'chat' };
    expect(optionsOf('azure', { ...optionFieldsOf(earlier), apiVersion: ' ', api: 'auto' }, earlier)).toEqual(
      {},
    );
  });
});

describe('a wrong option', () => {
  beforeAll(async () => {
    await i18next.init({ lng: 'en', resources: { en: { translation: en }, 'zh-CN': { translation: zh } } });
  });

  const message = 'must be a date such as 2024-10-21 or 2024-10-21-preview; leave it out for the v1 API';

  test.each([
    ['en', /^Use a date such as 2024-10-21/],
    ['zh-CN', /^填写2024-10-21/],
  ] as const)('is shown at its field, in %s', (language, words) => {
    const t = i18next.getFixedT(language);
    for (const path of ['options.apiVersion', 'endpoints[3].options.apiVersion'])
      expect(sortIssues([{ path, message }], endpointFields, t)).toEqual({
        fields: { 'options.apiVersion': expect.stringMatching(words) },
        rest: [],
      });
  });

  test('of on-demand.io is shown at its field too', () => {
    const t = i18next.getFixedT('zh-CN');
    const issue = { path: 'options.sessionTimeoutMinutes', message: 'must be a number of minutes' };
    expect(sortIssues([issue], endpointFields, t).fields).toEqual({
      'options.sessionTimeoutMinutes': '填写分钟数',
    });
    const url = { path: 'options.authBaseUrl', message: 'must start with https:// or http://' };
    expect(sortIssues([url], endpointFields, t).fields['options.authBaseUrl']).toMatch(/https/);
  });

  test('that the form has no field for is shown with its path', () => {
    const issue = { path: 'endpoints[0].options.later', message: 'must be something else' };
    expect(fieldPath(issue.path)).toBe('options.later');
    expect(sortIssues([issue], endpointFields, i18next.t).rest).toEqual([
      'options.later: must be something else',
    ]);
  });
});
