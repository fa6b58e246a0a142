// Runs a program as Electron would: node tests/electron/run.ts <folder> [arguments]. The folder's package.json names the entry.
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { answerDriver } from './answerDriver.ts';
import { app } from './app.ts';

const standIn = pathToFileURL(path.join(import.meta.dirname, 'electronModule.ts')).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

const root = path.resolve(process.argv[2] ?? '.');
// Electron's own argv: program, folder, arguments.
process.argv.splice(1, 2, root);
Object.defineProperty(process, 'type', { value: 'browser' });
// Electron runs until it is told to quit, also while nothing is going on.
setInterval(() => {}, 2 ** 30);
answerDriver();
await import(pathToFileURL(app.prepare(root)).href);
app.becomeReady();
