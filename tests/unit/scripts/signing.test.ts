import { expect, test } from 'vitest';
import { ended, scriptUrl, startCode } from './runScript.ts';

async function signingLines(platform: string, env: Record<string, string>): Promise<string[]> {
  const { output } = await ended(
    startCode(`
      import { signingLines } from ${JSON.stringify(scriptUrl('signing.mjs'))};
      console.log(JSON.stringify(signingLines(${JSON.stringify(platform)}, ${JSON.stringify(env)})));
    `),
  );
  return JSON.parse(output);
}

test('without a certificate each system is told what is missing', async () => {
  expect((await signingLines('darwin', {})).join()).toMatch(/not notarised: CSC_LINK/);
  expect((await signingLines('win32', {})).join()).toMatch(/not signed: WIN_CSC_LINK/);
  expect((await signingLines('linux', {})).join()).toMatch(/SHA256SUMS/);
});

test('a certificate alone signs and does not notarise', async () => {
  const lines = await signingLines('darwin', { CSC_LINK: 'certificate', APPLE_ID: 'someone' });
  expect(lines[0]).toMatch(/signed with/);
  expect(lines[1]).toMatch(/not notarised: set APPLE_API_KEY.*APPLE_TEAM_ID/);
});

test('with an Apple account it is notarised, and no value is ever shown', async () => {
  const env = {
    CSC_LINK: 'planted-1',
    APPLE_ID: 'planted-2',
    APPLE_APP_SPECIFIC_PASSWORD: 'planted-3',
    APPLE_TEAM_ID: 'planted-4',
  };
  const text = (await signingLines('darwin', env)).join('\n');
  expect(text).toMatch(/notarised with/);
  expect(text).not.toMatch(/planted/);
  expect((await signingLines('win32', { WIN_CSC_LINK: 'planted' })).join()).toMatch(/^Windows: signed/);
});
