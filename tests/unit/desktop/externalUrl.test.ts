import { expect, test } from 'vitest';
import { endpointPresets } from '../../../main/control/presets.ts';
import { externalUrl, hostsOf } from '../../../main/desktop/externalUrl.ts';

const hosts = hostsOf(['https://platform.openai.com/api-keys', null]);

test('plain https on a listed host is opened as it is', () => {
  const address = 'https://platform.openai.com/api-keys?x=1#y';
  expect(externalUrl(address, hosts)).toBe(address);
});

test.each([
  'http://platform.openai.com/',
  'https://platform.openai.com.evil.test/',
  'https://evil.test/?https://platform.openai.com/',
  'https://a@platform.openai.com/',
  'https://platform.openai.com@evil.test/',
  'https://platform.openai.com:8443/',
  ' https://platform.openai.com/',
  'https://platform.openai.com/\n',
  'https://platform.openai.com/%0a',
  'https://platform.openai.com/%0D%0Ax',
  'https://platform.openai.com/%00',
  'https:\\\\platform.openai.com/',
  'https://platform.openai.com/%5c..',
  'https://plаtform.openai.com/',
  'file:///etc/passwd',
  'file://platform.openai.com/x',
  'smb://platform.openai.com/share',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'mailto:a@platform.openai.com',
  'app://sluice/',
  'cherrystudio://',
  'cherrystudio://providers/api-keys?v=1&data=',
  'cherrystudio://providers/api-keys?v=1&data=e30%3D&x=1',
  'cherrystudio://providers/api-keys?v=1&data=e30%22',
  'cherrystudio://navigate/settings?v=1&data=e30',
  'cherrystudio://mcp/install?servers=e30',
  'CHERRYSTUDIO://providers/api-keys?v=1&data=e30',
  'chatbox://provider/import?config=e30#x',
  'chatbox://mcp/install?server=e30',
  'chatbox://provider/import?config=e30 --flag',
  '//platform.openai.com/',
  '',
])('%j is not', (address) => {
  expect(externalUrl(address, hosts)).toBeNull();
});

test.each([
  'cherrystudio://providers/api-keys?v=1&data=eyJhIjoiPz8%2FIn0%3D',
  'chatbox://provider/import?config=e30%3D',
])('%j is a link by which a client takes its settings', (address) => {
  expect(externalUrl(address, hosts)).toBe(address);
});

test('the pages where providers hand out keys can all be opened', () => {
  const pages = endpointPresets().flatMap(({ keysUrl }) => (keysUrl === null ? [] : [keysUrl]));
  const listed = hostsOf(pages);
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) expect(externalUrl(page, listed)).toBe(new URL(page).href);
});
