// What a person can do to the desktop, and see of it. Both drivers are one of these.
import type { Page } from 'playwright-core';
import type { TrayRow } from '../../electron/answerDriver.ts';

/** The full window, or the small one at the tray's icon. */
export type WindowKind = 'full' | 'panel';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Desktop {
  readonly kind: 'electron' | 'stand-in';
  readonly pid: number;
  /** The window's page, once it is there; of the full window where no other is named. */
  page(kind?: WindowKind): Promise<Page>;
  windows(): Promise<
    { visible: boolean; bounds: Bounds; address: string; preferences: Record<string, unknown> }[]
  >;
  /** The person clicks into another program. */
  lookElsewhere(): Promise<void>;
  /** Pages that are no window of the program. */
  strayPages(): Promise<number>;
  /** By the title bar's button. */
  closeWindow(): Promise<void>;
  resizeWindow(width: number, height: number): Promise<void>;
  crashRenderer(): Promise<void>;
  tray: {
    rows(): Promise<TrayRow[]>;
    click(label: string): Promise<void>;
    /** A click on the icon itself; when it was, in Unix ms. */
    press(): Promise<number>;
    look(): Promise<string>;
    tooltip(): Promise<string>;
    /** How often the menu was replaced; the stand-in alone can tell. */
    menus(): Promise<number>;
    /** The person opens the menu, or closes it; the stand-in alone can. */
    lookAtMenu(open: boolean): Promise<void>;
  };
  clipboard(): Promise<string>;
  /** Addresses that the system's browser was given; the stand-in alone can tell. */
  opened(): Promise<string[]>;
  dialogs(): Promise<{ message: string; detail: string; buttons: string[] }[]>;
  answerDialog(response: number): Promise<void>;
  power(event: 'suspend' | 'resume' | 'shutdown'): Promise<void>;
  /** Pulls the computer's cable, or plugs it in; the stand-in alone can. */
  setOnline(online: boolean): Promise<void>;
  /** Exit code once it has ended; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  /** As the system asks a program to end. */
  terminate(): void;
  /** Whatever state it is in; leaves nothing behind. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  dataDir: string;
  /** The program's folder, where it is not the repository. */
  root?: string;
  args?: string[];
  env?: Record<string, string>;
}
