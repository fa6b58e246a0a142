import { implement, type Router } from '@orpc/server';
import { type ShellContract, shellContract } from '../contract/shellOperations.ts';

export type ShellRouter = Router<ShellContract, Record<never, never>>;

/** Answers a window that asks the desktop itself for something. */
export function createShellRouter(deps: {
  openWindow: (place: string) => void;
  closePanel: () => void;
  quit: () => void;
}): ShellRouter {
  const os = implement(shellContract);
  return os.router({
    shell: {
      openWindow: os.shell.openWindow.handler(({ input }) => deps.openWindow(input.place)),
      closePanel: os.shell.closePanel.handler(() => deps.closePanel()),
      quit: os.shell.quit.handler(() => deps.quit()),
    },
  });
}
