// Starts the built desktop: on the real Electron where its runtime is here, else on the stand-in.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Desktop, LaunchOptions } from './desktop.ts';
import { launchElectron } from './electronDriver.ts';
import { electronHere } from './electronHere.ts';
import { launchStandIn, standInProgram } from './standInDriver.ts';
import { desktopEnvironment, repository } from './surroundings.ts';

let told = false;

function runtime(): ReturnType<typeof electronHere> {
  if (!existsSync(path.join(repository, 'out', 'main', 'desktop.js')))
    throw new Error('the desktop is not built; run npm run build');
  const electron = electronHere();
  if (!told)
    console.info(
      electron.program ? `on Electron: ${electron.program}` : `on the stand-in: ${electron.reason}`,
    );
  told = true;
  return electron;
}

export async function launchDesktop(options: LaunchOptions): Promise<Desktop> {
  const { program } = runtime();
  return program ? launchElectron(program, options) : launchStandIn(options);
}

/** Starts it once more, as a person would who does not know that it runs; resolves with the exit code. */
export async function startAgain(options: LaunchOptions): Promise<number | null> {
  const { program } = runtime();
  const command = program ? [program, repository] : [process.execPath, standInProgram, repository];
  const [file = '', ...args] = [...command, ...(options.args ?? [])];
  const child: ChildProcess = spawn(file, args, {
    cwd: repository,
    env: desktopEnvironment(options),
    stdio: 'ignore',
  });
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(late);
  return code;
}
