import { expect, test } from 'vitest';
import { signingLines } from '../../../resources/scripts/signing.mjs';

test('without a certificate each system is told what is missing', () => {
  expect(signingLines('darwin', {}).join()).toMatch(/not notarised: CSC_LINK/);
  expect(signingLines('win32', {}).join()).toMatch(/not signed: WIN_CSC_LINK/);
  expect(signingLines('linux', {}).join()).toMatch(/SHA256SUMS/);
});

test('a certificate alone signs and does not notarise', () => {
  const lines = signingLines('darwin', { CSC_LINK: 'certificate', APPLE_ID: 'someone' });
  expect(lines[0]).toMatch(/signed with/);
  expect(lines[1]).toMatch(/not notarised: set APPLE_API_KEY.*APPLE_TEAM_ID/);
});

test('with an Apple account it is notarised, and no value is ever shown', () => {
  const env = {
    CSC_LINK: 'planted-1',
    APPLE_ID: 'planted-2',
    APPLE_APP_SPECIFIC_PASSWORD: 'planted-3',
    APPLE_TEAM_ID: 'planted-4',
  };
  const text = signingLines('darwin', env).join('\n');
  expect(text).toMatch(/notarised with/);
  expect(text).not.toMatch(/planted/);
  expect(signingLines('win32', { WIN_CSC_LINK: 'planted' }).join()).toMatch(/^Windows: signed/);
});
