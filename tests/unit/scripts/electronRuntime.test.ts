import { expect, test } from 'vitest';
import { ended, scriptUrl, startCode } from './runScript.ts';

async function displayProblem(given: object): Promise<string | null> {
  const { output } = await ended(
    startCode(`
      import { displayProblem } from ${JSON.stringify(scriptUrl('electronRuntime.mjs'))};
      console.log(JSON.stringify(displayProblem(${JSON.stringify(given)})));
    `),
  );
  return JSON.parse(output);
}

test('Linux needs a display and a user who is not root', async () => {
  expect(await displayProblem({ platform: 'linux', env: {}, uid: 1000 })).toContain('no display');
  expect(await displayProblem({ platform: 'linux', env: { DISPLAY: ':0' }, uid: 0 })).toContain('root');
  expect(await displayProblem({ platform: 'linux', env: { DISPLAY: ':0' }, uid: 1000 })).toBe(null);
  expect(await displayProblem({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, uid: 1000 })).toBe(
    null,
  );
});

test('the other systems always have one', async () => {
  expect(await displayProblem({ platform: 'darwin', env: {}, uid: 501 })).toBe(null);
  expect(await displayProblem({ platform: 'win32', env: {} })).toBe(null);
});
