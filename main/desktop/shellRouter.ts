import { implement, ORPCError, type Router } from '@orpc/server';
import { type ShellContract, shellContract } from '../contract/shellOperations.ts';
import type { Links } from './links/createLinks.ts';
import type { Updates } from './updates/createUpdates.ts';

export type ShellRouter = Router<ShellContract, Record<never, never>>;

/** Answers a window that asks the desktop itself for something. */
export function createShellRouter(deps: {
  openWindow: (place: string) => void;
  closePanel: () => void;
  quit: () => void;
  updates: Updates;
  links: Links;
}): ShellRouter {
  const os = implement(shellContract);
  const { updates, links } = deps;
  const { updates: updatesOs, links: linksOs } = os.shell;
  const done = { ok: true as const };
  return os.router({
    shell: {
      openWindow: os.shell.openWindow.handler(({ input }) => deps.openWindow(input.place)),
      closePanel: os.shell.closePanel.handler(() => deps.closePanel()),
      quit: os.shell.quit.handler(() => deps.quit()),
      updates: {
        follow: updatesOs.follow.handler(({ signal }) => updates.view.follow(signal)),
        check: updatesOs.check.handler(() => {
          updates.check();
          return done;
        }),
        load: updatesOs.load.handler(() => {
          updates.load();
          return done;
        }),
        cancel: updatesOs.cancel.handler(() => {
          updates.cancel();
          return done;
        }),
        restart: updatesOs.restart.handler(() => {
          updates.restart();
          return done;
        }),
      },
      links: {
        follow: linksOs.follow.handler(({ signal }) => links.view.follow(signal)),
        accept: linksOs.accept.handler(async ({ input }) => {
          const result = await links.accept(input.id);
          if (!result)
            throw new ORPCError('CONFLICT', {
              status: 409,
              message: 'What the link would do has changed. Look again.',
            });
          return result;
        }),
        dismiss: linksOs.dismiss.handler(({ input }) => {
          links.dismiss(input.id);
          return done;
        }),
      },
    },
  });
}
