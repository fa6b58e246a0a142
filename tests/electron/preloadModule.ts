// The preload script's 'electron' as a module, for the types alone: apiUse.test.ts compiles preload/ against it.
import type { PreloadElectron } from './pageSide.ts';

export declare const contextBridge: PreloadElectron['contextBridge'];
export declare const ipcRenderer: PreloadElectron['ipcRenderer'];
