// What runs inside the page: the preload script's isolated world with ipcRenderer and contextBridge, and the main world's end of
// the bridge. Both functions travel as source text, so neither may use anything from outside itself.

/** What `require('electron')` gives the preload script here: a part of what Electron gives it. */
export interface PreloadElectron {
  contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
  ipcRenderer: {
    on(channel: string, listener: (event: PreloadEvent, ...args: unknown[]) => void): unknown;
    postMessage(channel: string, message: unknown, transfer?: MessagePort[]): void;
  };
}
type PreloadEvent = Pick<Electron.IpcRendererEvent, 'ports'>;

/** What the page's isolated world tells the main process. */
export type FromPage =
  | { kind: 'ipc'; channel: string; message: string }
  | { kind: 'port'; port: number; message: string }
  | { kind: 'portClosed'; port: number };

/** What the main process tells the page's isolated world. */
export type ToPage =
  | { kind: 'ipc'; channel: string; message: string; ports: number[] }
  | { kind: 'port'; port: number; message: string }
  | { kind: 'portClosed'; port: number };

export interface WorldTools {
  encodeClone: (value: unknown) => string;
  decodeClone: (text: string) => unknown;
  send: (text: string) => void;
  /** Name of the event that carries what the preload script exposes into the main world; nobody can guess it. */
  bridge: string;
  /** Name of the global function by which the main process reaches this world. */
  receiver: string;
  platform: string;
}

/** Runs in the isolated world; `preload` is the script as a CommonJS function. */
export function isolatedWorld(
  tools: WorldTools,
  preload: (require: unknown, module: unknown, exports: unknown, process: unknown) => void,
): void {
  // The preload script belongs to the main frame.
  if (window !== window.top) return;
  const { encodeClone, decodeClone } = tools;
  const tell = (message: FromPage) => tools.send(JSON.stringify(message));
  const listeners = new Map<string, ((event: PreloadEvent, ...args: unknown[]) => void)[]>();
  const ports = new Map<number, MessagePort>();

  /** Real Electron has more; whoever needs it has to model it first. */
  const modelled = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target))
          throw new Error(`the stand-in does not model ${name}.${key}`);
        return Reflect.get(target, key);
      },
    });

  const ipcRenderer: PreloadElectron['ipcRenderer'] = modelled('ipcRenderer', {
    on(channel: string, listener: (event: PreloadEvent, ...args: unknown[]) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    postMessage(channel: string, message: unknown, transfer?: MessagePort[]) {
      if (transfer && transfer.length > 0) throw new Error('the stand-in does not model ports sent to main');
      tell({ kind: 'ipc', channel, message: encodeClone(message) });
    },
  });

  const contextBridge: PreloadElectron['contextBridge'] = modelled('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      // A clone: nothing of this world's objects reaches the page. Functions are refused, which Electron would wrap.
      const detail = { key, api: encodeClone(api) };
      window.dispatchEvent(new CustomEvent(tools.bridge, { detail }));
    },
  });

  /** The real port goes to the page; its twin stays here and is carried to the main process. */
  const openPort = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = (event) => tell({ kind: 'port', port: id, message: encodeClone(event.data) });
    port1.addEventListener('close', () => {
      if (ports.delete(id)) tell({ kind: 'portClosed', port: id });
    });
    return port2;
  };

  const receive = (text: string): void => {
    const message = JSON.parse(text) as ToPage;
    if (message.kind === 'ipc') {
      const event = modelled('IpcRendererEvent', { ports: message.ports.map(openPort) });
      for (const listener of listeners.get(message.channel) ?? [])
        listener(event, decodeClone(message.message));
    } else if (message.kind === 'port') ports.get(message.port)?.postMessage(decodeClone(message.message));
    else {
      const port = ports.get(message.port);
      ports.delete(message.port);
      port?.close();
    }
  };
  Object.defineProperty(globalThis, tools.receiver, { value: receive });

  const require = (name: string) => {
    if (name === 'electron') {
      const electron: PreloadElectron = { contextBridge, ipcRenderer };
      return modelled('electron', electron);
    }
    throw new Error(`module not found: ${name}`);
  };
  const process = modelled('process', { platform: tools.platform });
  const module = { exports: {} };
  preload(require, module, module.exports, process);
}

/** Runs in the main world before any script of the page. */
export function mainWorld(tools: { bridge: string; decodeClone: (text: string) => unknown }): void {
  if (window !== window.top) return;
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  const { defineProperty } = Object;
  window.addEventListener(tools.bridge, (event) => {
    const { key, api } = (event as CustomEvent<{ key: string; api: string }>).detail;
    defineProperty(window, key, { value: freeze(tools.decodeClone(api)), enumerable: true });
  });
}
