import { describe, expect, test } from 'vitest';
import {
  apiChoiceOf,
  apiVersionOf,
  repairNames,
  repairSwitches,
} from '../../../main/contract/readOptions.ts';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import { settingsSchema } from '../../../main/contract/schemas/settings.ts';

/** The settings file's verdict on one endpoint's options: `path below the endpoint: message` of each issue. */
function problems(kind: EndpointKind, options: Record<string, unknown>): string[] {
  const read = settingsSchema.safeParse({
    endpoints: [{ id: 'e', kind, baseUrl: 'https://api.example.com', options }],
  });
  return (read.error?.issues ?? []).map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
}

const kinds: EndpointKind[] = ['openai', 'azure', 'anthropic', 'gemini', 'ondemand'];

describe('options that are right', () => {
  test.each(kinds)('%s needs none, and what is not known stays as it is', (kind) => {
    expect(problems(kind, {})).toEqual([]);
    const options = { mine: { deep: [1, null] }, token: 'x', repairs: { later: 'anything' } };
    const settings = settingsSchema.parse({
      endpoints: [{ id: 'e', kind, baseUrl: 'https://api.example.com', options }],
    });
    expect(settings.endpoints[0]?.options).toEqual(options);
  });

  test.each([
    ['azure', { apiVersion: '2024-10-21', api: 'responses', repairs: true }],
    ['azure', { apiVersion: '2025-04-01-preview', repairs: { roles: false, dropOptions: true } }],
    ['openai', { api: 'chat', repairs: false }],
    ['openai', { api: 'auto', repairs: {} }],
    [
      'ondemand',
      {
        authBaseUrl: 'https://gateway.example.com/auth',
        configBaseUrl: 'https://gateway.example.com',
        mediaBaseUrl: 'http://localhost:9000',
        sessionTimeoutMinutes: 30,
        systemPrompt: 'fulfillment',
        promptTools: false,
        repairs: true,
      },
    ],
  ] as const)('%s: %j', (kind, options) => {
    expect(problems(kind, options)).toEqual([]);
  });

  test('an option that only another kind knows is nobody’s business', () => {
    expect(problems('gemini', { apiVersion: 7, api: 'soap', systemPrompt: 1 })).toEqual([]);
    expect(problems('openai', { apiVersion: 'someday' })).toEqual([]);
  });
});

describe('an option that is wrong is named with what it should be', () => {
  test.each([
    '2024-10',
    '2024-13-01',
    '2024-10-32',
    '2024-10-21-beta',
    'v1',
    ' 2024-10-21',
    '2024-10-21\n',
    '',
  ])('azure API version %j', (apiVersion) => {
    expect(problems('azure', { apiVersion })).toEqual([
      'options.apiVersion: must be a date such as 2024-10-21 or 2024-10-21-preview; leave it out for the v1 API',
    ]);
  });

  test('an API version that is no text', () => {
    expect(problems('azure', { apiVersion: 20241021 })[0]).toContain('options.apiVersion: must be a text');
  });

  test.each(['openai', 'azure'] as const)('the API of %s', (kind) => {
    expect(problems(kind, { api: 'completions' })).toEqual([
      'options.api: must be "auto", "chat" or "responses"',
    ]);
  });

  test.each(kinds)('repairs of %s, down to the switch', (kind) => {
    expect(problems(kind, { repairs: { roles: 'no', thinking: false, schemas: 0 } })).toEqual([
      'options.repairs.roles: must be true or false',
      'options.repairs.schemas: must be true or false',
    ]);
    for (const repairs of ['none', null, 1, ['roles']])
      expect(problems(kind, { repairs })[0]).toContain(
        'options.repairs: must be true, false, or an object of switches',
      );
  });

  test.each([
    ['authBaseUrl', 'example.com'],
    ['configBaseUrl', 'ftp://example.com'],
    ['mediaBaseUrl', 'https://169.254.169.254'],
    ['sessionTimeoutMinutes', '30'],
    ['sessionTimeoutMinutes', -1],
    ['systemPrompt', 'none'],
    ['promptTools', 'yes'],
  ])('on-demand.io: %s %j', (name, value) => {
    expect(problems('ondemand', { [name]: value })).toEqual([expect.stringMatching(`^options\\.${name}: `)]);
  });

  test('every wrong option is named at once, beside other wrong fields', () => {
    const read = settingsSchema.safeParse({
      endpoints: [
        { id: 'a', baseUrl: 'http://localhost:1' },
        { id: 'b', kind: 'azure', baseUrl: 'nowhere', options: { apiVersion: 'x', api: 'y' } },
      ],
    });
    expect(read.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'endpoints.1.baseUrl',
      'endpoints.1.options.api',
      'endpoints.1.options.apiVersion',
    ]);
  });
});

describe('what options mean', () => {
  test('repairs are all on until they are switched off, together or one by one', () => {
    const all = Object.fromEntries(repairNames.map((name) => [name, true]));
    for (const options of [
      {},
      { repairs: true },
      { repairs: {} },
      { repairs: { roles: true, other: false } },
    ])
      expect(repairSwitches(options)).toEqual(all);
    expect(Object.values(repairSwitches({ repairs: false })).some(Boolean)).toBe(false);
    expect(repairSwitches({ repairs: { thinking: false } })).toEqual({ ...all, thinking: false });
  });

  test('absent is automatic, and the v1 surface', () => {
    expect(apiChoiceOf({})).toBe('auto');
    expect(apiChoiceOf({ api: 'responses' })).toBe('responses');
    expect(apiVersionOf({})).toBeNull();
    expect(apiVersionOf({ apiVersion: '2024-10-21' })).toBe('2024-10-21');
  });
});
