// The stand-in against Electron's own types, held together by the compiler: what it emits, Electron emits with the same arguments, and
// what it has of Electron's members is what Electron has. A name that appears in an error below is one that lies.
import type { app } from './app.ts';
import type { StandInBrowserWindow } from './browserWindow.ts';
import type { Emitter } from './emitter.ts';
import type { StandInPort } from './messagePorts.ts';
import type { nativeTheme } from './nativeTheme.ts';
import type { StandInRequest, StandInResponse } from './netRequest.ts';
import type { StandInNotification } from './notification.ts';
import type { PreloadElectron } from './pageSide.ts';
import type { protocolModule, StandInSession } from './session.ts';
import type { clipboard, dialog, net, powerMonitor, screen, shell, utilityProcess } from './system.ts';
import type { nativeImage, StandInImage, StandInMenu, StandInTray } from './trayAndMenu.ts';
import type { StandInFrame, StandInIpcEvent, StandInWebContents } from './webContents.ts';

/** Names of the events that Electron does not emit, or not with these arguments. */
export type FalseEvents<Stand, Real extends { on: unknown }> =
  Stand extends Emitter<infer Events>
    ? {
        [Name in keyof Events & string]: Real['on'] extends (name: Name, listener: Events[Name]) => unknown
          ? never
          : Name;
      }[keyof Events & string]
    : 'no emitter';

type OfEmitter = keyof Emitter<Record<never, never>>;

/** Members that are Electron's by name but not by type. */
export type FalseMembers<Stand, Real> = {
  [Name in keyof Stand & keyof Real]: Stand[Name] extends Real[Name] ? never : Name;
}[Exclude<keyof Stand & keyof Real, OfEmitter>];

type None<Names extends never> = Names;
type Same<Found extends Expected, Expected extends [Expected] extends [Found] ? unknown : never> = Found;

/** The comparison itself: it finds the liar among the honest. */
export type Liars = [
  Same<
    FalseEvents<
      Emitter<{ activate: () => void; nonsense: () => void; quit: (event: string) => void }>,
      Electron.App
    >,
    'nonsense' | 'quit'
  >,
  Same<FalseMembers<{ quit: string; exit(code?: number): void; other: 1 }, Electron.App>, 'quit'>,
];

export type Events = [
  // What they carry is the stand-in's own contents.
  None<Exclude<FalseEvents<typeof app, Electron.App>, 'web-contents-created'>>,
  None<FalseEvents<StandInBrowserWindow, Electron.BrowserWindow>>,
  None<FalseEvents<StandInWebContents, Electron.WebContents>>,
  None<FalseEvents<StandInTray, Electron.Tray>>,
  None<FalseEvents<StandInMenu, Electron.Menu>>,
  None<FalseEvents<StandInNotification, Electron.Notification>>,
  None<FalseEvents<StandInPort, Electron.MessagePortMain>>,
  None<FalseEvents<typeof nativeTheme, Electron.NativeTheme>>,
  None<FalseEvents<typeof powerMonitor, Electron.PowerMonitor>>,
  None<FalseEvents<ReturnType<typeof utilityProcess.fork>, Electron.UtilityProcess>>,
];

/** Left out are members that give or take one of the stand-in's own objects, which is a part of Electron's and looked at by itself. */
export type Members = [
  None<FalseMembers<typeof app, Electron.App>>,
  None<Exclude<FalseMembers<StandInBrowserWindow, Electron.BrowserWindow>, 'webContents'>>,
  None<Exclude<FalseMembers<StandInWebContents, Electron.WebContents>, 'session' | 'postMessage'>>,
  None<Exclude<FalseMembers<StandInFrame, Electron.WebFrameMain>, 'parent' | 'postMessage'>>,
  None<Exclude<FalseMembers<StandInIpcEvent, Electron.IpcMainEvent>, 'sender' | 'senderFrame' | 'ports'>>,
  None<Exclude<FalseMembers<StandInSession, Electron.Session>, 'webRequest'>>,
  // With a filter or without one: the former alone.
  None<Exclude<FalseMembers<StandInSession['webRequest'], Electron.WebRequest>, 'onBeforeRequest'>>,
  None<Exclude<FalseMembers<StandInTray, Electron.Tray>, 'setImage' | 'setContextMenu' | 'popUpContextMenu'>>,
  None<
    Exclude<
      FalseMembers<typeof StandInMenu, typeof Electron.Menu>,
      'prototype' | 'buildFromTemplate' | 'setApplicationMenu'
    >
  >,
  None<FalseMembers<StandInImage, Electron.NativeImage>>,
  None<Exclude<FalseMembers<typeof nativeImage, typeof Electron.NativeImage>, 'createFromPath'>>,
  None<FalseMembers<StandInPort, Electron.MessagePortMain>>,
  None<FalseMembers<typeof nativeTheme, Electron.NativeTheme>>,
  None<FalseMembers<typeof protocolModule, Electron.Protocol>>,
  None<FalseMembers<StandInNotification, Electron.Notification>>,
  None<FalseMembers<typeof StandInNotification, Omit<typeof Electron.Notification, 'prototype'>>>,
  None<Exclude<FalseMembers<typeof net, Electron.Net>, 'request'>>,
  None<Exclude<FalseMembers<StandInRequest, Electron.ClientRequest>, 'on' | 'end'>>,
  None<Exclude<FalseMembers<StandInResponse, Electron.IncomingMessage>, 'on'>>,
  None<FalseMembers<typeof clipboard, Electron.Clipboard>>,
  None<FalseMembers<typeof shell, Electron.Shell>>,
  // Over another window or by itself: the latter alone.
  None<Exclude<FalseMembers<typeof dialog, Electron.Dialog>, 'showMessageBox'>>,
  None<Exclude<FalseMembers<typeof screen, Electron.Screen>, 'getAllDisplays' | 'getDisplayNearestPoint'>>,
  None<Exclude<FalseMembers<typeof utilityProcess, typeof Electron.UtilityProcess>, 'fork'>>,
  None<FalseMembers<PreloadElectron['ipcRenderer'], Electron.IpcRenderer>>,
];
