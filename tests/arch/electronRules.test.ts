// What of Electron is dangerous has one place each, and what is never needed has none: told by the program's text.
import { expect, test } from 'vitest';
import { filesBelow, textOf } from './sourceFiles.ts';

const sources = ['main', 'preload']
  .flatMap((folder) => filesBelow(folder, ['.ts']))
  .map((file) => ({ file, text: codeOf(textOf(file)) }));

/** Program text without its comments. */
function codeOf(text: string): string {
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\/|(?:^|\s)\/\/ .*$/gm, '');
}

/** The files in which it is found, once for each time. */
function places(pattern: RegExp): string[] {
  return sources.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(() => file));
}

test.each([
  ['windows are made', /new BrowserWindow\(/g, ['main/desktop/pageWindow.ts']],
  [
    'addresses leave for the system’s browser',
    /\bshell\.openExternal\(|\bopenExternal\b.*from 'electron'/g,
    ['main/desktop/openExternal.ts'],
  ],
  ['folders leave for the system’s file manager', /\bshell\.openPath\(/g, ['main/desktop.ts']],
  ['pages are heard', /\bipcMain\.(?:on|once|handle|handleOnce)\(/g, ['main/desktop/ipcCarrier.ts']],
  ['the sandbox is made a rule for every process', /\benableSandbox\(\)/g, ['main/desktop.ts']],
  ['the lock of the one instance is taken', /\brequestSingleInstanceLock\(/g, ['main/desktop.ts']],
  ['the page is given something', /\bexposeInMainWorld\(/g, ['preload/index.ts']],
])('%s in one place', (_what, pattern, where) => {
  expect(places(pattern)).toEqual(where);
});

test('the sandbox and the lock come before anything that needs the app to be ready', () => {
  const entry = sources.find(({ file }) => file === 'main/desktop.ts')?.text ?? '';
  const [lock, sandbox, run] = ['requestSingleInstanceLock()', 'enableSandbox()', 'void run('].map((name) =>
    entry.indexOf(name),
  );
  expect(lock).toBeGreaterThan(0);
  expect(sandbox).toBeGreaterThan(lock ?? 0);
  expect(run).toBeGreaterThan(sandbox ?? 0);
});

test.each([
  ['dumps of a process’s memory', /crashReporter|process\.crash\(/g],
  ['code or styles put into a page from outside', /executeJavaScript|insertCSS|insertText/g],
  ['other pages inside a page', /<webview|WebContentsView|BrowserView|nodeIntegrationInSubFrames/g],
  ['a window’s checks switched off', /webSecurity: false|allowRunningInsecureContent|experimentalFeatures/g],
  [
    'isolation switched off',
    /contextIsolation: false|nodeIntegration: true|sandbox: false|webviewTag: true/g,
  ],
  ['certificates taken on trust', /certificate-error|setCertificateVerifyProc/g],
  ['the page’s own way past its policy', /bypassCSP|corsEnabled|supportFetchAPI|allowServiceWorkers/g],
  ['pages loaded from files', /loadFile\(|file:\/\/\//g],
])('nothing has %s', (what, pattern) => {
  const allowed = what === 'pages loaded from files' ? ['main/desktop/guardSession.ts'] : [];
  expect(places(pattern)).toEqual(allowed);
});
