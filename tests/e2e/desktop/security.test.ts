// What a page in the window can't do, even one that was taken over: reach Node, leave, open, ask, or read a secret.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../main/base/contentSecurityPolicy.ts';
import { contract } from '../../../main/contract/operations.ts';
import { shellContract } from '../../../main/contract/shellOperations.ts';
import { hostileCalls } from '../../contract/hostileInput.ts';
import { answers } from './client.ts';
import type { Desktop } from './desktop.ts';
import { launchDesktop } from './driver.ts';
import { gatewayOf, logOf, makeDataDir, removeDataDir } from './surroundings.ts';
import { until } from './until.ts';
import { kindOf } from './windowKind.ts';

/** None of these may ever be seen in the window. */
const planted = {
  account: 'sk-planted-account-secret-7f3d9a',
  clientKey: 'sluice-planted-client-key-88aa77',
  adminToken: 'planted-admin-token-5c5c5c5c',
  environmentKey: 'sluice-planted-environment-key-1234',
};

const dataDir = makeDataDir();
let desktop: Desktop;
let page: Page;

beforeAll(async () => {
  const settings = {
    clientKeys: [{ id: 'default', secret: planted.clientKey }],
    endpoints: [
      {
        id: 'one',
        kind: 'openai',
        baseUrl: 'http://127.0.0.1:9',
        accounts: [{ id: 'a', secret: planted.account }],
        models: ['m'],
      },
    ],
  };
  writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify(settings));
  desktop = await launchDesktop({
    dataDir,
    env: { SLUICE_CLIENT_KEY: planted.environmentKey, SLUICE_ADMIN_TOKEN: planted.adminToken },
  });
  page = await desktop.page();
  await page.locator('nav').waitFor();
});

afterAll(async () => {
  await desktop?.kill();
  removeDataDir(dataDir);
});

test('the page is isolated from Node and from the preload script', async () => {
  const globals = await page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      'ipcRenderer',
      'electron',
      '__dirname',
    ].filter((name) => name in globalThis),
  );
  expect(globals).toEqual([]);
});

test('both windows are sandboxed and isolated, to the letter', async () => {
  await desktop.tray.press();
  await desktop.page('panel');
  const expected = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    disableBlinkFeatures: 'Auxclick',
  };
  const windows = await desktop.windows();
  expect(windows.map(({ address }) => kindOf(address)).sort()).toEqual(['full', 'panel']);
  for (const { preferences } of windows) {
    expect(preferences).toMatchObject(expected);
    expect(String(preferences.preload)).toMatch(/out[\\/]preload[\\/]index\.cjs$/);
    // The real Electron adds its defaults: none of them may open what is closed here.
    for (const open of [
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'allowRunningInsecureContent',
      'experimentalFeatures',
    ])
      expect(preferences[open] ?? false, open).toBe(false);
  }
  if (desktop.kind === 'stand-in')
    expect(Object.keys(windows[0]?.preferences ?? {}).sort()).toEqual(
      [...Object.keys(expected), 'devTools', 'preload', 'spellcheck'].sort(),
    );
  await desktop.tray.press();
  await until(desktop.windows, ({ length }) => length === 1);
});

test('the preload script gives the shell’s name and nothing that can be called or changed', async () => {
  const seen = await page.evaluate(() => {
    const sluice = window.sluice as unknown as Record<string, unknown>;
    const types = Object.fromEntries(Object.entries(sluice).map(([key, value]) => [key, typeof value]));
    try {
      sluice.shell = 'other';
      Object.assign(window, { sluice: {} });
    } catch {
      // Read-only, as it should be.
    }
    return { types, shell: window.sluice?.shell };
  });
  expect(seen).toEqual({ types: { shell: 'string', platform: 'string' }, shell: 'desktop' });
});

test('every answer carries the policy', async () => {
  const responses: string[] = [];
  page.on('response', (response) => {
    responses.push(response.headers()['content-security-policy'] ?? `none: ${response.url()}`);
  });
  await page.reload();
  await page.locator('nav').waitFor();
  expect(new Set(responses)).toEqual(new Set([contentSecurityPolicy]));
  expect(responses.length).toBeGreaterThan(2);
  page.removeAllListeners('response');
});

test('no text becomes markup or code in the page', async () => {
  const tried = await page.evaluate(() => {
    const reached: string[] = [];
    Object.assign(globalThis, { reached });
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const script = document.createElement('script');
    const frame = document.createElement('iframe');
    const ways: Record<string, () => void> = {
      markup: () => {
        document.body.innerHTML = `<img src="data:," onerror="reached.push('markup')">`;
      },
      adjacent: () => document.body.insertAdjacentHTML('beforeend', '<b onclick="reached.push(1)">x</b>'),
      written: () => document.write('<script>reached.push("written")</script>'),
      parsed: () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
      fragment: () => document.createRange().createContextualFragment('<b>x</b>'),
      inline: () => {
        script.textContent = 'reached.push("inline")';
      },
      foreign: () => {
        script.src = 'https://example.com/x.js';
      },
      framed: () => {
        frame.srcdoc = '<script>parent.reached.push("framed")</script>';
      },
      policy: () => (window as unknown as TrustedWindow).trustedTypes.createPolicy('own', {}),
    };
    interface TrustedWindow {
      trustedTypes: { createPolicy(name: string, rules: object): unknown };
    }
    const allowed = Object.entries(ways).flatMap(([name, way]) => {
      try {
        way();
        return [name];
      } catch {
        return [];
      }
    });
    return new Promise<Record<string, string[]>>((resolve) =>
      setTimeout(() => resolve({ allowed, reached, violations: [...new Set(violations)].sort() }), 300),
    );
  });
  expect(tried).toEqual({
    allowed: [],
    reached: [],
    violations: ['require-trusted-types-for', 'trusted-types'],
  });
});

test('styles, pictures, frames and answers of other origins are blocked, scripts that slip in as well', async () => {
  const expected = ['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem'];
  const blocked = await page.evaluate(async (expected) => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const reached: string[] = [];
    Object.assign(globalThis, { reached });
    const put = (tag: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(text);
      document.body.append(element);
      return element;
    };
    // Its text never passes a place that asks for a trusted type, so it is refused when it should run.
    const added = [
      put('script', {}, 'reached.push("inline")'),
      put('style', {}, 'body { display: none }'),
      put('link', { rel: 'stylesheet', href: 'https://example.com/x.css' }),
      put('img', { src: 'https://example.com/x.png' }),
      put('iframe', { src: 'https://example.com' }),
      put('a', { href: 'javascript:reached.push("link")' }),
    ];
    added.at(-1)?.click();
    await fetch('https://example.com').catch(() => {});
    try {
      setTimeout('reached.push("string")' as unknown as () => void);
    } catch {
      // As it should be.
    }
    // Each is told a moment after it was tried.
    const deadline = performance.now() + 20_000;
    while (!expected.every((directive) => violations.includes(directive)) && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const element of added) element.remove();
    return { violations: [...new Set(violations)].sort(), reached };
  }, expected);
  expect(blocked.reached).toEqual([]);
  expect(blocked.violations).toEqual(expect.arrayContaining(expected));
});

test('eval is blocked', async () => {
  const message = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        // In a timer it is the page's own doing, not the debugger's.
        setTimeout(() => {
          try {
            resolve(String(new Function('return "it ran"')()));
          } catch (error) {
            resolve(String(error));
          }
        });
      }),
  );
  expect(message).toMatch(/^EvalError|TrustedScript/);
});

test('the gateway itself is out of the page’s reach', async () => {
  const base = gatewayOf(dataDir);
  const reached = await page.evaluate(
    (address) =>
      fetch(`${address}/health`, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    base,
  );
  expect(reached).toBe(false);
  expect(await answers(base)).toBe(true);
});

test('the window stays where it is', async () => {
  const before = page.url();
  const targets = ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd', 'app://other/'];
  // Without a request there is nothing that the stand-in could hold back.
  if (desktop.kind === 'electron') targets.push('about:blank');
  for (const target of targets) {
    await page.evaluate((address) => {
      location.href = address;
    }, target);
    await page.evaluate((address) => {
      const link = document.createElement('a');
      link.href = address;
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    await page.waitForTimeout(100);
    expect(page.url(), target).toBe(before);
  }
  await page.locator('nav').waitFor();
});

test('what is dropped on the window, or clicked with the wheel, leads nowhere', async () => {
  const before = page.url();
  const cdp = await page.context().newCDPSession(page);
  const file = path.join(dataDir, 'dropped.html');
  writeFileSync(file, '<title>dropped</title>');
  const dropped = [
    { items: [{ mimeType: 'text/uri-list', data: 'https://example.com/' }], dragOperationsMask: 1 },
    { items: [], files: [file], dragOperationsMask: 1 },
  ];
  for (const data of dropped) {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await cdp.send('Input.dispatchDragEvent', { type, x: 300, y: 400, data });
    await page.waitForTimeout(200);
    expect(page.url()).toBe(before);
  }
  await cdp.detach();
  await page.evaluate(() => {
    const link = document.createElement('a');
    Object.assign(link, { href: 'https://example.com/', textContent: 'a link', id: 'wheel' });
    link.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 9999';
    document.body.append(link);
  });
  await page.locator('#wheel').click({ button: 'middle' });
  await page.waitForTimeout(300);
  await page.evaluate(() => document.querySelector('#wheel')?.remove());
  expect(page.url()).toBe(before);
  expect((await desktop.windows()).length).toBe(1);
  await until(desktop.strayPages, (pages) => pages === 0);
  expect(await desktop.opened()).toEqual([]);
});

test('no second window, and the system’s browser is given listed hosts only', async () => {
  await page.evaluate(() => {
    const go = (address: string) => {
      window.open(address);
      const link = document.createElement('a');
      link.href = address;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
    };
    for (const address of [
      'https://example.com/',
      'file:///etc/passwd',
      'smb://host/x',
      'https://a@platform.openai.com/',
    ])
      go(address);
  });
  await page.waitForTimeout(300);
  expect((await desktop.windows()).length).toBe(1);
  await until(desktop.strayPages, (pages) => pages === 0);
  expect(await desktop.opened()).toEqual([]);
  if (desktop.kind === 'electron') return;
  const presets = JSON.parse(readFileSync('resources/presets/endpoints.json', 'utf8')) as {
    keysUrl: string | null;
  }[];
  const known = presets.find(({ keysUrl }) => keysUrl)?.keysUrl ?? '';
  await page.evaluate((address) => {
    window.open(address);
  }, known);
  await until(desktop.opened, (opened) => opened.length === 1);
  await expect.poll(() => desktop.opened()).toEqual([known]);
  const link = 'cherrystudio://providers/api-keys?v=1&data=e30%3D';
  await page.evaluate((address) => {
    window.open('cherrystudio://mcp/install?servers=e30');
    window.open(address);
  }, link);
  await until(desktop.opened, (opened) => opened.length === 2);
  await expect.poll(() => desktop.opened()).toEqual([known, link]);
  await until(desktop.strayPages, (pages) => pages === 0);
});

test('every permission is denied', async () => {
  const answersOfPage = await page.evaluate(async () => {
    const geolocation = new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message),
      ),
    );
    const camera = navigator.mediaDevices?.getUserMedia({ video: true, audio: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    );
    return {
      notification: await Notification.requestPermission(),
      geolocation: await geolocation,
      camera: (await camera) ?? 'absent',
      clipboard: await navigator.clipboard.readText().then(
        () => 'granted',
        (error: Error) => error.name,
      ),
    };
  });
  expect(answersOfPage.notification).toBe('denied');
  expect(answersOfPage.geolocation).toBe('denied');
  expect(answersOfPage.camera).toMatch(/NotAllowedError|NotFoundError|absent/);
  expect(answersOfPage.clipboard).toBe('NotAllowedError');
});

test('a frame in the page gets neither the shell’s name nor a port', async () => {
  const seen = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as (Window & { sluice?: unknown }) | null;
    let ports = 0;
    inner?.addEventListener('message', (event) => {
      ports += event.ports.length;
    });
    inner?.postMessage('sluice:connect', '*');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const found = { sluice: typeof inner?.sluice, ports };
    frame.remove();
    return found;
  });
  expect(seen).toEqual({ sluice: 'undefined', ports: 0 });
});

test('no message to the window holds a secret, whichever page is shown', async () => {
  await page.addInitScript(() => {
    const received: string[] = [];
    Object.assign(window, { received });
    const original = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...args) {
      if (this instanceof MessagePort && args[0] === 'message')
        original.call(this, 'message', (event) => received.push(String((event as MessageEvent).data)));
      return original.apply(this, args as Parameters<typeof original>);
    };
  });
  await page.reload();
  await page.locator('nav').waitFor();
  for (const name of await page.locator('nav a').allInnerTexts()) {
    await page.locator('nav a', { hasText: name }).first().click();
    await page.waitForTimeout(400);
  }
  const received = await until(
    () => page.evaluate(() => (window as unknown as { received: string[] }).received),
    (messages) => messages.some((message) => message.includes('"one"')),
  );
  for (const [name, secret] of Object.entries(planted))
    expect(
      received.filter((message) => message.includes(secret)),
      name,
    ).toEqual([]);
});

test('nonsense on the port is no danger', async () => {
  // A document without our scripts, so that nobody else takes the port back.
  await page.goto(new URL('/early.js', page.url()).href);
  const replies = await page.evaluate(async () => {
    const port = await new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', (event) => event.ports[0] && resolve(event.ports[0]));
      window.postMessage('sluice:connect', location.origin);
    });
    const heard: string[] = [];
    port.onmessage = (event) => heard.push(String(event.data));
    const shapes: (() => unknown)[] = [
      () => Math.random(),
      () => null,
      () => undefined,
      () => 'x'.repeat(Math.random() * 10_000),
      () => '{"i":"1","t":1,"p":{"u":"/gateway/status"}}',
      () => '{"i":"2","t":3,"p":{"d":{"__proto__":{}}}}',
      () => '{"i":"3","p":{"u":"http://elsewhere/","h":{"content-type":"multipart/form-data"}}}',
      () => '{"i":"4","p":{"u":"/gateway/__proto__/constructor","m":"GET"}}',
      () => '{"i":"5","p":{"u":"/endpoints/list?data=%","m":"GET"}}',
      () => ({ i: '1', p: { u: 'http://orpc/__proto__/constructor', b: { __proto__: null } } }),
      () => ['1', 1, { url: '/endpoints/list', headers: {}, method: 'POST', body: {} }],
      () => new Uint8Array(64).map(() => Math.random() * 256),
      () => new Map([['a', new Set([1n])]]),
      () => new Date(Number.NaN),
    ];
    for (let count = 0; count < 1_000; count++) port.postMessage(shapes[count % shapes.length]?.());
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return heard;
  });
  for (const secret of Object.values(planted)) expect(replies.join('\n')).not.toContain(secret);
  await until(
    () => logOf(dataDir),
    (text) => text.includes('no request'),
  );
  expect(logOf(dataDir)).not.toContain('unforeseen');
  expect(await answers(gatewayOf(dataDir))).toBe(true);
  await page.goto(new URL('/', page.url()).href);
  await page.locator('nav').waitFor();
});

test('nothing outside the page’s folder is served', async () => {
  for (const address of [
    '/../package.json',
    '/%2e%2e/main/desktop.js',
    '/..%2fmain%2fdesktop.js',
    '/index.html%00.js',
    '/assets',
    '/missing.js',
  ]) {
    const response = await page.goto(new URL(address, page.url()).href);
    expect(response?.status(), address).toBe(404);
  }
});

test('no operation breaks or tells a secret, whatever the page sends it', async () => {
  const ids = ['one', 'a', 'm', 'default'];
  const count = 8;
  // Those are left out that end the program or start another one.
  const calls = [
    ...hostileCalls(contract, { count, seed: 5, ids }),
    ...hostileCalls(shellContract, { count, seed: 6, ids: ['/', '/endpoints', ...ids] }),
  ].filter(({ name }) => !/^shell\.quit$|^about\.openFolder$|^shell\.updates\./.test(name));
  await page.goto(new URL('/early.js', page.url()).href);
  const replies = await page.evaluate(async (sent) => {
    const port = await new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', (event) => event.ports[0] && resolve(event.ports[0]));
      window.postMessage('sluice:connect', location.origin);
    });
    const heard: string[] = [];
    const answered = new Set<string>();
    port.onmessage = (event) => {
      const text = String(event.data);
      heard.push(text);
      const { i, t } = JSON.parse(text);
      if (t === undefined) answered.add(i);
    };
    for (const [at, { url, input }] of sent.entries()) {
      port.postMessage(JSON.stringify({ i: String(at), p: { u: url, b: { json: input } } }));
      const before = performance.now();
      while (!answered.has(String(at)) && performance.now() - before < 2_000)
        await new Promise((resolve) => setTimeout(resolve, 1));
      port.postMessage(JSON.stringify({ i: String(at), t: 4 }));
    }
    return { heard, answered: answered.size };
  }, calls);
  expect(replies.answered).toBeGreaterThan(calls.length * 0.9);
  expect(replies.heard.filter((text) => /"s":500/.test(text))).toEqual([]);
  for (const [name, secret] of Object.entries(planted)) {
    expect(
      replies.heard.filter((text) => text.includes(secret)),
      name,
    ).toEqual([]);
    expect(logOf(dataDir), name).not.toContain(secret);
  }
  expect(logOf(dataDir)).not.toContain('unforeseen');
  await expect.poll(() => desktop.tray.tooltip()).not.toBe('');
});

test('what a crashed page leaves behind holds no secret', async () => {
  await desktop.crashRenderer();
  await until(
    () => logOf(dataDir),
    (text) => text.includes('process is gone'),
  );
  const left = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.dmp$|^core(?:\.\d+)?$/.test(entry.name),
  );
  for (const entry of left) {
    const dump = readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1');
    for (const [name, secret] of Object.entries(planted)) expect(dump.includes(secret), name).toBe(false);
  }
  // No part of the program writes dumps; what the stand-in's Chromium does is its own.
  if (desktop.kind === 'electron') expect(left).toEqual([]);
});
