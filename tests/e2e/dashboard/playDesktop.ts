// Plays preload and main process in a browser's page: operations go to the running gateway, those of the desktop are answered here.
import { createORPCClient } from '@orpc/client';
import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { Page } from 'playwright-core';
import { contract } from '../../../main/contract/operations.ts';
import type { LinkView } from '../../../main/contract/schemas/link.ts';
import type { UpdateView } from '../../../main/contract/schemas/update.ts';
import { shellContract } from '../../../main/contract/shellOperations.ts';
import type { HeadlessProgram } from './headlessProgram.ts';

/** What the desktop has to tell. */
export interface DesktopFacts {
  update?: UpdateView;
  link?: LinkView;
}

type Call = (input: unknown, options: { signal?: AbortSignal }) => Promise<unknown>;

/** Each operation of the contract, passed on to the gateway. */
function passOn(part: object, client: unknown): object {
  const below = (name: string) => (client as Record<string, unknown>)[name];
  return Object.fromEntries(
    Object.entries(part).map(([name, inner]) => [
      name,
      isContractProcedure(inner)
        ? implement(inner as AnyContractProcedure).handler(({ input, signal }) =>
            (below(name) as Call)(input, { signal }),
          )
        : passOn(inner as object, below(name)),
    ]),
  );
}

/** Tells one thing and nothing more, until nobody listens. */
async function* tell<T>(value: T, signal: AbortSignal | undefined) {
  yield value;
  await new Promise((resolve) => signal?.addEventListener('abort', resolve));
}

/**
 * Plays the preload and its port from the page's next document on, where its address has `where` in it: what the page says is handed
 * to the router, and back.
 */
export async function playPort(page: Page, router: object, where = ''): Promise<void> {
  type Listener = (event: { data: unknown }) => void;
  let listeners: Listener[] = [];
  const connect = () => {
    listeners = [];
    new RPCHandler(router as never).upgrade({
      addEventListener: (name: string, listener: unknown) => {
        if (name === 'message') listeners.push(listener as Listener);
      },
      postMessage: (data: unknown) => {
        void page
          .evaluate((text) => window.postMessage({ toPage: text }, '*'), data as string)
          .catch(() => undefined);
      },
    } as unknown as MessagePort);
  };
  await page.exposeFunction('toMain', (data: string | null) => {
    // A new document means a new port.
    if (data === null) connect();
    else for (const listener of listeners) listener({ data });
  });
  await page.addInitScript((search) => {
    if (!location.search.includes(search)) return;
    const { toMain } = window as unknown as { toMain(data: string | null): Promise<void> };
    Object.assign(window, { sluice: { shell: 'desktop', platform: 'linux' } });
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = ({ data }) => void toMain(data);
    window.addEventListener('message', ({ data, source }) => {
      if (source !== window) return;
      if (data === 'sluice:connect')
        void toMain(null).then(() => window.postMessage('sluice:port', location.origin, [port1]));
      else if (data?.toPage !== undefined) port2.postMessage(data.toPage);
    });
  }, where);
}

/** From its next document on the page is a desktop's window, where its address says `?desktop`. */
export async function playDesktop(
  page: Page,
  gateway: HeadlessProgram,
  facts: () => DesktopFacts,
): Promise<void> {
  const client = createORPCClient(
    new OpenAPILink(contract, {
      url: `${gateway.url}/control`,
      headers: { authorization: `Bearer ${gateway.token}` },
    }),
  );
  const { shell } = implement(shellContract);
  const router = {
    ...passOn(contract, client),
    shell: {
      updates: {
        follow: shell.updates.follow.handler(({ signal }) =>
          tell(
            facts().update ?? { version: '0.1.0', way: 'itself', page: null, update: { state: 'idle' } },
            signal,
          ),
        ),
      },
      links: { follow: shell.links.follow.handler(({ signal }) => tell(facts().link ?? null, signal)) },
    },
  };
  await playPort(page, router, '?desktop');
}
