// A window's contents: a real page of Chromium, its preload script in an isolated world, IPC and ports across.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page, Route } from 'playwright-core';
import { decodeClone, encodeClone } from './clone.ts';
import { originOf, toElectron } from './customScheme.ts';
import { createEvent, Emitter } from './emitter.ts';
import { StandInPort } from './messagePorts.ts';
import { type FromPage, isolatedWorld, mainWorld, type ToPage } from './pageSide.ts';
import { answerRequest, realAddress, type StandInSession, sessionModule } from './session.ts';

type Navigation<Params extends object> = (details: Electron.Event<Params>) => void;

export interface WebContentsEvents {
  'will-navigate': Navigation<Electron.WebContentsWillNavigateEventParams>;
  'will-frame-navigate': Navigation<Electron.WebContentsWillFrameNavigateEventParams>;
  /** Never happens here: no handler of ours redirects. */
  'will-redirect': Navigation<Electron.WebContentsWillRedirectEventParams>;
  /** Never happens here: Chromium alone has no webview. */
  'will-attach-webview': (event: Electron.Event) => void;
  'render-process-gone': (event: Electron.Event, details: Electron.RenderProcessGoneDetails) => void;
  'did-fail-load': (
    event: Electron.Event,
    code: number,
    description: string,
    address: string,
    isMainFrame: boolean,
  ) => void;
  destroyed: () => void;
}

/** What the main process sees of a frame. */
export interface StandInFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: StandInFrame | null;
  postMessage(channel: string, message: unknown, transfer?: StandInPort[]): void;
}

export interface StandInIpcEvent {
  readonly sender: StandInWebContents;
  readonly senderFrame: StandInFrame | null;
  readonly ports: StandInPort[];
}

/** ipcMain: channels are whatever the pages call them. */
export const ipcMain = new Emitter<Record<string, (event: StandInIpcEvent, ...args: never[]) => void>>();

const worldName = 'Electron Isolated Context';
let lastId = 0;

export class StandInWebContents
  extends Emitter<WebContentsEvents>
  implements Pick<Electron.WebContents, 'id'>
{
  readonly id = ++lastId;
  readonly preferences: Electron.WebPreferences;
  page: Page | null = null;
  #cdp: CDPSession | null = null;
  #mainFrameId = '';
  /** Where it was sent, or went by itself within its document. */
  #address = '';
  /** The isolated world of the document that is shown, or null between two documents. */
  #world: number | null = null;
  readonly #receiver = `receive_${randomBytes(12).toString('hex')}`;
  readonly #ports = new Map<number, (message: { text: string } | 'closed') => void>();
  #lastPort = 0;
  /** Navigations of ours raise no events. */
  #loading = false;
  #openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] = () => ({ action: 'allow' });

  constructor(preferences: Electron.WebPreferences) {
    super();
    this.preferences = preferences;
  }

  get session(): StandInSession {
    return sessionModule.defaultSession;
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#openHandler = handler;
  }

  getLastWebPreferences(): Electron.WebPreferences {
    return this.preferences;
  }

  getURL(): string {
    return this.#address;
  }

  async attach(page: Page): Promise<void> {
    const cdp = await page.context().newCDPSession(page);
    this.page = page;
    this.#cdp = cdp;
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    this.#mainFrameId = (await cdp.send('Page.getFrameTree')).frameTree.frame.id;
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === worldName && context.auxData?.frameId === this.#mainFrameId)
        this.#world = context.id;
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#world) this.#leaveDocument();
    });
    cdp.on('Runtime.executionContextsCleared', () => this.#leaveDocument());
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      if (executionContextId === this.#world) this.#hear(JSON.parse(payload) as FromPage);
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#mainFrameId) this.#address = toElectron(url);
    });
    cdp.on('Page.windowOpen', ({ url, windowName }) => this.#openWindow(url, windowName));
    page.on('crash', () => {
      this.#leaveDocument();
      this.emit('render-process-gone', createEvent({}), { reason: 'crashed', exitCode: 5 });
    });
    await this.#installWorlds(cdp);
  }

  async #installWorlds(cdp: CDPSession): Promise<void> {
    const bridge = `bridge-${randomBytes(12).toString('hex')}`;
    const binding = `send_${randomBytes(12).toString('hex')}`;
    const clone = `encodeClone: ${encodeClone}, decodeClone: ${decodeClone}`;
    const names = `bridge: '${bridge}', receiver: '${this.#receiver}', platform: '${process.platform}'`;
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${mainWorld})({ bridge: '${bridge}', decodeClone: ${decodeClone} })`,
    });
    const { preload } = this.preferences;
    if (!preload) return;
    await cdp.send('Runtime.addBinding', { name: binding, executionContextName: worldName });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName,
      source: `(${isolatedWorld})({ ${clone}, ${names}, send: (text) => ${binding}(text) },
        function (require, module, exports, process) {${readFileSync(preload, 'utf8')}\n})`,
    });
  }

  async load(address: string): Promise<void> {
    this.#address = address;
    this.#loading = true;
    try {
      await this.page?.goto(realAddress(address));
    } catch (error) {
      this.emit('did-fail-load', createEvent({}), -2, String(error), address, true);
      throw error;
    } finally {
      this.#loading = false;
    }
  }

  /** Every request of the page, navigations first asked about. */
  async answer(route: Route): Promise<void> {
    const request = route.request();
    if (
      request.isNavigationRequest() &&
      !this.#mayNavigate(request.url(), request.frame() === this.page?.mainFrame())
    )
      return route.abort('aborted');
    return answerRequest(route);
  }

  #mayNavigate(realUrl: string, isMainFrame: boolean): boolean {
    if (this.#loading && isMainFrame) return true;
    const params = { url: toElectron(realUrl), isSameDocument: false, isMainFrame, frame: null };
    const framed = createEvent(params);
    this.emit('will-frame-navigate', framed);
    if (!isMainFrame) return !framed.defaultPrevented;
    const event = createEvent(params);
    this.emit('will-navigate', event);
    return !framed.defaultPrevented && !event.defaultPrevented;
  }

  #openWindow(url: string, frameName: string): void {
    const details = { url: toElectron(url), frameName, features: '', disposition: 'foreground-tab' };
    const { action } = this.#openHandler(details as Electron.HandlerDetails);
    if (action !== 'deny') throw new Error('the stand-in does not model windows that pages open');
  }

  get #frame(): StandInFrame | null {
    const { page } = this;
    if (!page || this.#world === null) return null;
    const url = toElectron(page.url());
    const postMessage = (channel: string, message: unknown, transfer: StandInPort[] = []) =>
      this.postMessage(channel, message, transfer);
    return { url, origin: originOf(url), parent: null, postMessage };
  }

  #hear(message: FromPage): void {
    if (message.kind === 'ipc') {
      const event: StandInIpcEvent = { sender: this, senderFrame: this.#frame, ports: [] };
      ipcMain.emit(message.channel, event, decodeClone(message.message) as never);
    } else if (message.kind === 'port') this.#ports.get(message.port)?.({ text: message.message });
    else this.#ports.get(message.port)?.('closed');
  }

  #tell(message: ToPage): void {
    if (this.#world === null) return;
    const expression = `${this.#receiver}(${JSON.stringify(JSON.stringify(message))})`;
    // A document that goes away meanwhile hears nothing, as in Electron.
    this.#cdp?.send('Runtime.evaluate', { contextId: this.#world, expression }).catch(() => {});
  }

  postMessage(channel: string, message: unknown, transfer: StandInPort[] = []): void {
    const ports = transfer.map((port) => this.#carry(port));
    this.#tell({ kind: 'ipc', channel, message: encodeClone(message), ports: ports.map(({ id }) => id) });
    for (const { start } of ports) start();
  }

  /** From now on the page holds this port's end. */
  #carry(port: StandInPort): { id: number; start: () => void } {
    const id = ++this.#lastPort;
    const { twin, waiting } = port.handOver();
    const end = () => this.#ports.delete(id);
    this.#ports.set(id, (message) => {
      if (message !== 'closed') twin?.deliver(message.text);
      else if (end()) twin?.closed();
    });
    const far = {
      deliver: (text: string) => this.#tell({ kind: 'port', port: id, message: text }),
      closed: () => {
        if (end()) this.#tell({ kind: 'portClosed', port: id });
      },
    };
    return {
      id,
      start() {
        StandInPort.connect(twin, far);
        for (const text of waiting) far.deliver(text);
      },
    };
  }

  /** Its ports end with a document. */
  #leaveDocument(): void {
    this.#world = null;
    for (const hear of [...this.#ports.values()]) hear('closed');
  }

  gone(): void {
    this.#leaveDocument();
    this.emit('destroyed');
  }
}
