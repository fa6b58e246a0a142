// What `import … from 'electron'` gives in a program that runs on the stand-in. Each export is a part of Electron's own, typed
// by electron.d.ts; apiUse.test.ts proves that the desktop and the preload script need nothing beyond it.
import { app } from './app.ts';
import { StandInBrowserWindow as BrowserWindow } from './browserWindow.ts';
import { StandInChannel as MessageChannelMain } from './messagePorts.ts';
import { nativeTheme } from './nativeTheme.ts';
import { StandInNotification as Notification } from './notification.ts';
import { protocolModule as protocol, sessionModule as session } from './session.ts';
import { clipboard, dialog, net, powerMonitor, screen, shell, utilityProcess } from './system.ts';
import { StandInMenu as Menu, nativeImage, StandInTray as Tray } from './trayAndMenu.ts';
import { ipcMain } from './webContents.ts';

export type { StandInPort as MessagePortMain } from './messagePorts.ts';
export type { StandInRequest as ClientRequest } from './netRequest.ts';
export type { StandInSession as Session } from './session.ts';
export type { StandInImage as NativeImage } from './trayAndMenu.ts';
export type { StandInIpcEvent as IpcMainEvent, StandInWebContents as WebContents } from './webContents.ts';
export type Event<Params extends object = object> = Electron.Event<Params>;
export type MenuItemConstructorOptions = Electron.MenuItemConstructorOptions;
export type BrowserWindowConstructorOptions = Electron.BrowserWindowConstructorOptions;
export type Rectangle = Electron.Rectangle;
export type MessageEvent = Electron.MessageEvent;

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
};
