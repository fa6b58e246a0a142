import { describe, expect, test } from 'vitest';
import { type ParsedLink, parseLink } from '../../../../main/desktop/links/parseLink.ts';

const packed = (document: unknown): string =>
  `sluice://import?data=${Buffer.from(JSON.stringify(document)).toString('base64url')}`;
const endpoint = { baseUrl: 'https://api.example.com/v1' };
const first = (link: ParsedLink) => ('payload' in link ? link.payload.endpoints[0] : link);

describe('what a link may bring', () => {
  test('the simple form', () => {
    const link =
      'sluice://import?name=Team&kind=anthropic&baseUrl=https%3A%2F%2Fapi.example.com%2Fv1&key=sk-1&models=a,%20b,';
    const wanted = {
      name: 'Team',
      kind: 'anthropic',
      baseUrl: 'https://api.example.com/v1',
      accounts: [{ secret: 'sk-1' }],
      models: ['a', 'b'],
      modelMapping: {},
    };
    expect(first(parseLink(link))).toEqual(wanted);
    expect(first(parseLink(link.replace('sluice://import', 'SLUICE://Import/')))).toEqual(wanted);
  });

  test('the packed form, with several', () => {
    const link = packed({
      endpoints: [endpoint, { ...endpoint, accounts: [{ secret: 'a' }, { secret: 'b' }] }],
    });
    expect(parseLink(link)).toMatchObject({
      payload: { endpoints: [{ accounts: [] }, { accounts: [{}, {}] }] },
    });
  });

  test('an address is shown in the form in which it is used', () => {
    const shown = (baseUrl: string) => first(parseLink(packed({ endpoints: [{ baseUrl }] })));
    expect(shown('HTTPS://API.Example.COM:443/v1/')).toMatchObject({ baseUrl: 'https://api.example.com/v1' });
    expect(shown('https://аpi.example.com/v1')).toMatchObject({
      baseUrl: expect.stringMatching(/^https:\/\/xn--/),
    });
  });
});

describe('what a link may not do is refused, whole', () => {
  const refused: [what: string, link: string, reason: string, part?: string | null][] = [
    ['another action', 'sluice://settings?host=0.0.0.0', 'unknown-action'],
    ['no action', 'sluice://', 'unknown-action'],
    ['nonsense', 'sluice://import#x?', 'unreadable'],
    ['data that is no base64url', 'sluice://import?data=%7B%7D', 'unreadable'],
    ['data that is no JSON', 'sluice://import?data=AAAA', 'unreadable'],
    ['too much', `sluice://import?baseUrl=https://a.test&name=${'a'.repeat(30_000)}`, 'too-long'],
    [
      'a field nobody knows',
      'sluice://import?baseUrl=https://a.test&proxy=http://b.test',
      'not-allowed',
      'proxy',
    ],
    [
      'a field twice',
      'sluice://import?baseUrl=https://a.test&baseUrl=https://b.test',
      'not-allowed',
      'baseUrl',
    ],
    ['both forms', `${packed({ endpoints: [endpoint] })}&key=a`, 'not-allowed', 'data'],
    ['no address', 'sluice://import?name=a', 'not-allowed', 'endpoints.0.baseUrl'],
    ['settings', packed({ endpoints: [endpoint], server: { host: '0.0.0.0' } }), 'not-allowed', 'server'],
    ['client keys', packed({ endpoints: [endpoint], clientKeys: [] }), 'not-allowed', 'clientKeys'],
    [
      'a proxy',
      packed({ endpoints: [{ ...endpoint, proxy: 'http://b.test' }] }),
      'not-allowed',
      'endpoints.0.proxy',
    ],
    ['headers', packed({ endpoints: [{ ...endpoint, headers: {} }] }), 'not-allowed', 'endpoints.0.headers'],
    [
      'a secret out of the environment',
      packed({ endpoints: [{ ...endpoint, accounts: [{ secret: { env: 'AWS_SECRET' } }] }] }),
      'not-allowed',
      'endpoints.0.accounts.0.secret',
    ],
    [
      'a name that reads backwards',
      packed({ endpoints: [{ ...endpoint, name: 'a\u202Egnp.exe' }] }),
      'not-allowed',
      'endpoints.0.name',
    ],
    [
      'a key with a line break',
      packed({ endpoints: [{ ...endpoint, accounts: [{ secret: 'a\r\nb' }] }] }),
      'not-allowed',
    ],
    ['no endpoint', packed({ endpoints: [] }), 'not-allowed', 'endpoints'],
  ];
  test.each(refused)('%s', (_what, link, reason, part) => {
    const parsed = parseLink(link);
    expect(parsed).toMatchObject({ refused: reason, ...(part === undefined ? {} : { part }) });
  });

  test.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'demo://local/v1',
    'https://user:pass@a.test',
    'http://a\\@b.test',
    'http://169.254.169.254/v1',
    'http://2852039166/v1',
    'https://a.test/?next=b',
    'not a url',
  ])('the address %s', (baseUrl) => {
    expect(parseLink(packed({ endpoints: [{ baseUrl }] }))).toMatchObject({
      refused: 'not-allowed',
      part: 'endpoints.0.baseUrl',
    });
  });

  test('and what is said of it never holds its value', () => {
    const secret = 'sk-canary-0123456789';
    for (const link of [
      packed({ endpoints: [{ ...endpoint, accounts: [{ secret: `${secret} ` }] }] }),
      `sluice://import?baseUrl=${secret}&key=${secret}`,
      packed({ endpoints: [{ ...endpoint, name: `${secret}\n` }] }),
    ])
      expect(JSON.stringify(parseLink(link))).not.toContain('canary');
  });
});
