// The module 'electron' itself: the same parts by name and, as libraries import them, all in one.
import * as electron from './electron.ts';

export * from './electron.ts';

const all = { ...electron };

// biome-ignore lint/style/noDefaultExport: electron-store imports electron as a whole
export { all as default };
