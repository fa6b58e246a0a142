import { expect, test } from 'vitest';
import { parseSettings, parseSettingsBytes } from '../../../main/store/parseSettings.ts';
import { SettingsInvalidError } from '../../../main/store/settingsInvalidError.ts';

function issuesOf(work: () => unknown): { path: string; message: string }[] {
  try {
    work();
  } catch (error) {
    if (error instanceof SettingsInvalidError) return [...error.issues];
    throw error;
  }
  return [];
}

const bytesIssue = (text: string | Uint8Array) =>
  issuesOf(() => parseSettingsBytes(Buffer.from(text), 'settings.json'))[0];

test('broken JSON is located and never quoted', () => {
  const broken = '{\n  "clientKeys": [\n    { "id": "a", "secret": sk-live-1234567890 }\n  ]\n}\n';
  const issue = bytesIssue(broken);
  expect(issue).toEqual({ path: 'settings.json', message: expect.stringContaining('line 3, column 28') });
  expect(issue?.message).not.toContain('sk-live');
  expect(bytesIssue('{"a":1,}')?.message).toContain('line 1, column 8');
  expect(bytesIssue('{"a":1} x')?.message).toContain('line 1, column 9');
  expect(bytesIssue('{"secret":"sk-live-123')?.message).toMatch(/string is not closed/);
});

test.each([
  ['', 'is empty'],
  [' \n', 'is empty'],
  ['[]', 'must hold a JSON object'],
  ['null', 'must hold a JSON object'],
  [Buffer.from([0x7b, 0xff, 0x7d]), 'is not UTF-8 text'],
])('%j is refused', (text, message) => {
  expect(bytesIssue(text)).toEqual({ path: 'settings.json', message });
});

test('a byte order mark, as some editors leave it, is no error', () => {
  expect(parseSettingsBytes(Buffer.from('\uFEFF{"version":1}'), 'x')).toEqual({ version: 1 });
});

test('names that reach a prototype are refused wherever they stand', () => {
  expect(bytesIssue('{"__proto__":{"isAdmin":true}}')).toEqual({
    path: '__proto__',
    message: 'is not allowed as a name',
  });
  expect(bytesIssue('{"endpoints":[{"modelMapping":{"__proto__":"x"}}]}')?.path).toBe(
    'endpoints[0].modelMapping.__proto__',
  );
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  expect(bytesIssue(deep)?.message).toBe('is nested too deeply');
});

test('every wrong field is named as people write it', () => {
  const issues = issuesOf(() =>
    parseSettings({
      server: { port: 'x' },
      clientKeys: [
        { id: 'a', secret: 5 },
        { id: 'a', secret: { env: 'A', extra: 1 } },
      ],
      endpoints: [
        { id: 'o', accounts: [{ id: 'a b', limits: { rpm: -2 } }] },
        { id: 'p', baseUrl: 'ftp://x', headers: { 'a b': 'c' }, modelMapping: { 'gpt-4.1': '' } },
      ],
      routing: { strategy: 'best' },
    }),
  );
  const byPath = new Map(issues.map((issue) => [issue.path, issue.message]));
  expect([...byPath.keys()]).toEqual(
    expect.arrayContaining([
      'server.port',
      'clientKeys[0].secret',
      'clientKeys[1].secret',
      'endpoints[0].baseUrl',
      'endpoints[0].accounts[0].id',
      'endpoints[0].accounts[0].limits.rpm',
      'endpoints[1].baseUrl',
      'endpoints[1].headers["a b"]',
      'endpoints[1].modelMapping["gpt-4.1"]',
      'routing.strategy',
    ]),
  );
  expect(byPath.get('server.port')).toBe('expected number, received string');
  expect(byPath.get('clientKeys[0].secret')).toBe(
    'must be a text that is not empty, {"env":"NAME"} or {"vault":"ref"}',
  );
  expect(byPath.get('endpoints[1].baseUrl')).toBe('must start with https:// or http://');
});

test('two of one id are refused at the second', () => {
  const same = { id: 'x', baseUrl: 'http://localhost:1' };
  expect(issuesOf(() => parseSettings({ endpoints: [same, same] }))).toEqual([
    { path: 'endpoints[1].id', message: 'another endpoint already has the id "x"' },
  ]);
});

test('what stands in the contract is a whole document, and unknown fields stay', () => {
  const settings = parseSettings({
    note: 'mine',
    endpoints: [{ id: 'a', baseUrl: 'http://localhost:1', color: 'red' }],
  });
  expect(settings).toMatchObject({
    version: 1,
    note: 'mine',
    server: { host: '127.0.0.1', port: 8282 },
    endpoints: [{ kind: 'openai', color: 'red', limits: { rpm: -1 }, accounts: [] }],
  });
});
