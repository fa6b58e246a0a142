// Starts the built desktop: on the real Electron where its runtime is here, else on the stand-in. The output says which, and what.
import { type ChildProcess, spawn } from 'node:child_process';
import { appUnderTest } from './appUnderTest.ts';
import type { Desktop, LaunchOptions } from './desktop.ts';
import { launchElectron } from './electronDriver.ts';
import { electronHere } from './electronHere.ts';
import { launchStandIn, standInProgram } from './standInDriver.ts';
import { desktopEnvironment, repository } from './surroundings.ts';

let told = false;

function runtime(): { program: string | null; app: string } {
  const { program, reason } = electronHere();
  if (process.env.SLUICE_E2E_RUNTIME === 'electron' && !program)
    throw new Error(`SLUICE_E2E_RUNTIME asks for Electron, but ${reason}`);
  const app = appUnderTest(program ? 'electron' : 'stand-in');
  const packed = process.env.SLUICE_E2E_APP ? `; the files of ${process.env.SLUICE_E2E_APP}` : '';
  if (!told) console.info((program ? `on Electron: ${program}` : `on the stand-in: ${reason}`) + packed);
  told = true;
  return { program, app };
}

export async function launchDesktop(options: LaunchOptions): Promise<Desktop> {
  const { program, app } = runtime();
  return program
    ? launchElectron(program, { ...options, root: app })
    : launchStandIn({ ...options, root: app });
}

/** Starts it once more, as a person would who does not know that it runs; resolves with the exit code. */
export async function startAgain(options: LaunchOptions): Promise<number | null> {
  const { program, app } = runtime();
  const command = program ? [program, app] : [process.execPath, standInProgram, app];
  const [file = '', ...args] = [...command, ...(options.args ?? [])];
  const child: ChildProcess = spawn(file, args, {
    cwd: repository,
    env: desktopEnvironment(options),
    stdio: 'ignore',
  });
  const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(late);
  return code;
}
