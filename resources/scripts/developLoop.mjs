// The loop of `npm run dev`, on Node 24: builds as sources change, restarts the program, serves or reloads the page.
import { build, createServer } from 'vite';
import { createDevelopedApp } from './developedApp.mjs';
import { reloadWindow } from './reloadWindow.mjs';
import { inRoot, say } from './root.mjs';

const electron = process.env.SLUICE_DEV_ELECTRON ?? null;
const flags = process.argv.slice(2);
const closers = [];

const app = createDevelopedApp({
  electron,
  flags,
  // The window's "Quit" ends the session; a crash waits for the next change.
  onEnd: (code) => {
    if (code === 0) void end(0);
    else say(`It ended with code ${code}; the next change starts it again.`);
  },
});

/** Builds on every change of a source and calls `onBuilt`, the first time too. */
async function watch(config, mode, outDir, onBuilt) {
  const watcher = await build({
    configFile: inRoot(config),
    mode,
    logLevel: 'warn',
    build: { outDir: inRoot('out', outDir), emptyOutDir: false, watch: {} },
  });
  closers.push(() => watcher.close());
  await new Promise((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') say(`✗ ${outDir}: ${event.error.message}`);
      if (event.code === 'END') {
        resolve();
        onBuilt();
      }
    });
  });
}

/** The page from its sources, with the gateway's own routes behind the same address. */
async function servePage(gateway) {
  const target = {
    target: gateway,
    changeOrigin: true,
    // The control plane answers pages of its own origin only; for a developer that is this one.
    configure: (proxy) => proxy.on('proxyReq', (request) => request.setHeader('origin', gateway)),
  };
  const server = await createServer({
    configFile: inRoot('vite.config.ts'),
    server: {
      host: '127.0.0.1',
      port: 5173,
      proxy: { '/control': target, '/v1': target, '/health': target },
    },
  });
  await server.listen();
  closers.push(() => server.close());
  say(`Dashboard with hot reload: ${server.resolvedUrls.local[0]}`);
}

let ending = false;
async function end(code) {
  if (ending) return;
  ending = true;
  await app.stop();
  await Promise.allSettled(closers.map((close) => close()));
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));

let running = false;
const restart = () => {
  if (running) void app.restart();
};
await watch('vite.main.config.ts', 'main', 'main', restart);
if (electron) {
  await watch('vite.main.config.ts', 'preload', 'preload', restart);
  await watch('vite.config.ts', 'development', 'renderer', () => void reloadWindow());
}
const address = electron ? null : app.address();
running = true;
await app.restart();
if (address) await servePage(await address);
