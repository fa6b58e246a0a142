// Loaded before the program on the real Electron: a native dialog can't be read or answered by a test, so it waits here instead.
const { dialog } = require('electron');

const pending = [];
Object.defineProperty(globalThis, '__pendingDialogs', { value: pending });
dialog.showMessageBox = (...given) =>
  new Promise((resolve) => {
    const options = given.at(-1);
    pending.push({ options, answer: (response) => resolve({ response, checkboxChecked: false }) });
  });
