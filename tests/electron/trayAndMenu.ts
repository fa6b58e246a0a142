// Menu, Tray and the pictures on it: what a system would draw is kept for the tests to read.
import { existsSync } from 'node:fs';
import { createEvent, Emitter } from './emitter.ts';
import { refuseUnknown } from './knownOptions.ts';

export interface StandInMenuItem {
  label: string;
  type: 'normal' | 'separator' | 'checkbox' | 'radio' | 'submenu';
  enabled: boolean;
  checked: boolean;
  role: string | undefined;
  submenu: StandInMenuItem[];
  click: () => void;
}

type Template = Electron.MenuItemConstructorOptions;

function toItem(options: Template): StandInMenuItem {
  refuseUnknown('MenuItemConstructorOptions', options);
  const { submenu } = options;
  const { type = submenu ? 'submenu' : 'normal', label = '', role } = options;
  if (type === 'header' || type === 'palette' || (submenu && !Array.isArray(submenu)))
    throw new Error(`the stand-in does not model menu items of type ${type}`);
  if (type !== 'separator' && label === '' && !role)
    throw new Error('Invalid template: a label or role is needed');
  const item: StandInMenuItem = {
    label,
    type,
    role,
    enabled: options.enabled ?? true,
    checked: options.checked ?? false,
    submenu: Array.isArray(submenu) ? submenu.map(toItem) : [],
    click() {
      if (!item.enabled) throw new Error(`"${label}" can't be clicked: it is disabled`);
      // The system moves the mark before the program hears of it.
      if (type === 'checkbox') item.checked = !item.checked;
      if (type === 'radio') item.checked = true;
      options.click?.(item as never, undefined, {} as never);
    },
  };
  return item;
}

/** Electron marks the first of a group of radio items where none is checked, whatever the program meant. */
function refuseUnmarked(items: StandInMenuItem[]): void {
  const radios = items.filter(({ type }) => type === 'radio');
  if (radios.length > 0 && radios.filter(({ checked }) => checked).length !== 1)
    throw new Error('exactly one radio item of a menu is to be checked');
  for (const { submenu } of items) refuseUnmarked(submenu);
}

export class StandInMenu extends Emitter<{
  'menu-will-show': (event: Electron.Event) => void;
  'menu-will-close': (event: Electron.Event) => void;
}> {
  static applicationMenu: StandInMenu | null = null;
  readonly items: StandInMenuItem[];
  constructor(items: StandInMenuItem[]) {
    super();
    refuseUnmarked(items);
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
  /** How often the menu was replaced: an open one would close each time. */
  menus = 0;
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
    this.menus += 1;
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
