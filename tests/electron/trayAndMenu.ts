// Menu, Tray and the pictures on it: what a system would draw is kept for the tests to read.
import { existsSync } from 'node:fs';
import { createEvent, Emitter } from './emitter.ts';
import { refuseUnknown } from './knownOptions.ts';

export interface StandInMenuItem {
  label: string;
  type: 'normal' | 'separator' | 'checkbox';
  enabled: boolean;
  checked: boolean;
  role: string | undefined;
  click: () => void;
}

type Template = Electron.MenuItemConstructorOptions;

function toItem(options: Template): StandInMenuItem {
  refuseUnknown('MenuItemConstructorOptions', options);
  const { type = 'normal', label = '', role } = options;
  if (type !== 'normal' && type !== 'separator' && type !== 'checkbox')
    throw new Error(`the stand-in does not model menu items of type ${type}`);
  if (type !== 'separator' && label === '' && !role)
    throw new Error('Invalid template: a label or role is needed');
  const item: StandInMenuItem = {
    label,
    type,
    role,
    enabled: options.enabled ?? true,
    checked: options.checked ?? false,
    click() {
      if (!item.enabled) throw new Error(`"${label}" can't be clicked: it is disabled`);
      // The system moves the mark before the program hears of it.
      if (type === 'checkbox') item.checked = !item.checked;
      options.click?.(item as never, undefined, {} as never);
    },
  };
  return item;
}

export class StandInMenu {
  static applicationMenu: StandInMenu | null = null;
  readonly items: StandInMenuItem[];
  constructor(items: StandInMenuItem[]) {
    this.items = items;
  }
  static buildFromTemplate(template: Template[]): StandInMenu {
    return new StandInMenu(template.map(toItem));
  }
  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.applicationMenu = menu;
  }
}

export class StandInImage implements Pick<Electron.NativeImage, 'isEmpty'> {
  readonly file: string;
  constructor(file: string) {
    this.file = file;
  }
  isEmpty(): boolean {
    return !existsSync(this.file);
  }
}

export const nativeImage = {
  createFromPath: (file: string): StandInImage => new StandInImage(file),
};

export const trays = new Set<StandInTray>();

export class StandInTray
  extends Emitter<{
    click: (event: Electron.KeyboardEvent) => void;
    /** Windows and macOS only. */
    'right-click': (event: Electron.KeyboardEvent) => void;
  }>
  implements Pick<Electron.Tray, 'setToolTip' | 'getBounds' | 'destroy' | 'isDestroyed'>
{
  image: StandInImage;
  tooltip = '';
  menu: StandInMenu | null = null;
  #destroyed = false;
  constructor(image: StandInImage) {
    super();
    this.image = image;
    trays.add(this);
  }
  setImage(image: StandInImage): void {
    this.image = image;
  }
  setToolTip(text: string): void {
    this.tooltip = text;
  }
  setContextMenu(menu: StandInMenu | null): void {
    this.menu = menu;
  }
  /** What a right click opens is the same menu to read, wherever the program has kept it until then. */
  popUpContextMenu(menu?: StandInMenu): void {
    this.menu = menu ?? this.menu;
  }
  /** No system of Linux tells. */
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 0, height: 0 };
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  destroy(): void {
    this.#destroyed = true;
    trays.delete(this);
  }
  /** A person's click on the icon. */
  press(): void {
    this.emit('click', createEvent({}) as Electron.KeyboardEvent & Electron.Event);
  }
}
