import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { ended, scriptUrl, startCode } from './runScript.ts';

/** Counts the signals it gets, and ends 600 ms after the first. */
const counting = `
  let count = 0;
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => {
    count += 1;
    if (count === 1) setTimeout(() => { console.log('signals ' + count); process.exit(7); }, 600);
  });
  setInterval(() => {}, 1000);
  console.log('ready');
`;

function wrapperCode(childCode: string): string {
  return `
    import { foreground } from ${JSON.stringify(scriptUrl('foreground.mjs'))};
    const { code } = await foreground(process.execPath, ['-e', ${JSON.stringify(childCode)}]);
    process.exitCode = code;
  `;
}

function startForeground(childCode: string) {
  return startCode(wrapperCode(childCode));
}

describe.skipIf(process.platform === 'win32')('foreground (signals are POSIX)', () => {
  test('the exit code is passed through', async () => {
    expect((await ended(startForeground('process.exit(3)'))).code).toBe(3);
  });

  test('a child that a signal ended gives 128 and its number', async () => {
    expect((await ended(startForeground("process.kill(process.pid, 'SIGKILL')"))).code).toBe(137);
  });

  test('a signal told twice reaches the child once', async () => {
    const wrapper = startForeground(counting);
    const end = ended(wrapper);
    wrapper.stdout?.on('data', (bytes) => {
      if (!String(bytes).includes('ready')) return;
      wrapper.kill('SIGTERM');
      setTimeout(() => wrapper.kill('SIGTERM'), 20);
    });
    expect(await end).toEqual({ code: 7, output: 'ready\nsignals 1\n' });
  });

  test('the end of the shell that npm put between is a signal', async () => {
    const code = wrapperCode(counting);
    const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$CODE"; true'], {
      env: { ...process.env, NODE: process.execPath, CODE: code, npm_lifecycle_event: 'serve' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = ended(shell);
    shell.stdout?.on('data', (bytes) => {
      if (String(bytes).includes('ready')) shell.kill('SIGTERM');
    });
    // The pipe closes when the last of them is gone.
    expect((await end).output).toBe('ready\nsignals 1\n');
  });

  test('a second signal that is meant reaches it too', async () => {
    const wrapper = startForeground(counting);
    const end = ended(wrapper);
    wrapper.stdout?.on('data', (bytes) => {
      if (!String(bytes).includes('ready')) return;
      wrapper.kill('SIGTERM');
      setTimeout(() => wrapper.kill('SIGTERM'), 500);
    });
    expect(await end).toEqual({ code: 7, output: 'ready\nsignals 2\n' });
  });
});
