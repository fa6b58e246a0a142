import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { guardContents } from '../../../main/desktop/guardContents.ts';
import { guardSession } from '../../../main/desktop/guardSession.ts';
import { createEvent } from '../../electron/emitter.ts';
import { appPhase, StandInSession, sessionModule } from '../../electron/session.ts';
import { net } from '../../electron/system.ts';

test('no network is reached from a page, our own files are', async () => {
  const session = new StandInSession();
  expect(await session.webRequest.allows('https://example.com/')).toBe(true);
  guardSession(session as unknown as Session);
  for (const address of [
    'https://example.com/',
    'http://127.0.0.1:8282/v1',
    'ws://x/',
    'wss://x/y',
    'file:///etc/passwd',
  ])
    expect(await session.webRequest.allows(address), address).toBe(false);
  expect(await session.webRequest.allows('app://sluice/index.html')).toBe(true);
});

test('a request of the program’s own gets out by another session only', async () => {
  const server = createServer((_request, response) => response.end('answer')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  appPhase.ready = true;
  guardSession(sessionModule.defaultSession as unknown as Session);
  const ask = (options: { partition?: string }) =>
    new Promise<string>((resolve) => {
      const request = net.request({ url, ...options });
      request.on('response', (response) => resolve(String(response.statusCode)));
      request.on('error', (error) => resolve(error.message));
      request.end();
    });
  expect(await ask({})).toBe('net::ERR_BLOCKED_BY_CLIENT');
  expect(await ask({ partition: 'updates' })).toBe('200');
  server.closeAllConnections();
  server.close();
});

test('every way to ask for a permission is answered with no', () => {
  const handlers: Record<string, (...given: unknown[]) => unknown> = {};
  const keep = (name: string) => (handler: (...given: unknown[]) => unknown) => {
    handlers[name] = handler;
  };
  guardSession({
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('screen'),
    webRequest: { onBeforeRequest: () => {} },
  } as unknown as Session);
  let answer: unknown;
  handlers.request?.(null, 'media', (given: unknown) => {
    answer = given;
  });
  expect([answer, handlers.check?.(null, 'media'), handlers.device?.({})]).toEqual([false, false, false]);
  let streams: unknown;
  handlers.screen?.({ videoRequested: true }, (given: unknown) => {
    streams = given;
  });
  expect(streams).toBeNull();
});

const names = ['will-navigate', 'will-frame-navigate', 'will-redirect'];

test.each(names)('%s leads nowhere but to our own page', (name) => {
  const contents = new EventEmitter();
  Object.assign(contents, { setWindowOpenHandler: () => {} });
  guardContents(contents as WebContents, { origin: 'app://sluice', openExternal: () => {} });
  const stays = (url: string, isMainFrame = true) => {
    const event = createEvent({ url, isMainFrame });
    contents.emit(name, event);
    return event.defaultPrevented;
  };
  expect(stays('app://sluice/')).toBe(false);
  expect(stays('app://sluice/', false)).toBe(true);
  for (const url of [
    'https://example.com/',
    'app://sluice.evil/',
    'about:blank',
    'data:text/html,x',
    'javascript:0',
    '',
  ])
    expect(stays(url), url).toBe(true);
});

test('webviews are not attached, windows not opened', () => {
  const contents = new EventEmitter();
  const opened: string[] = [];
  let handler: ((details: { url: string }) => { action: string }) | undefined;
  Object.assign(contents, {
    setWindowOpenHandler(given: typeof handler) {
      handler = given;
    },
  });
  guardContents(contents as WebContents, { origin: 'app://sluice', openExternal: (url) => opened.push(url) });
  const event = createEvent({});
  contents.emit('will-attach-webview', event);
  expect(event.defaultPrevented).toBe(true);
  expect(handler?.({ url: 'https://x.test/' })).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://x.test/']);
});
