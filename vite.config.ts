import { minifyContractRouter } from '@orpc/contract';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { contract } from './main/contract/operations.ts';

/** Hands the page the contract's methods and paths only: the schemas, and zod with them, stay on the other side. */
function contractRoutes(): Plugin {
  const id = 'virtual:contract-routes';
  return {
    name: 'sluice-contract-routes',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (loaded) =>
      loaded === `\0${id}`
        ? `export const routes = ${JSON.stringify(minifyContractRouter(contract))};`
        : null,
  };
}

export default defineConfig({
  root: 'renderer',
  // Relative addresses work below app://sluice/ and http://host:port/ alike.
  base: './',
  plugins: [contractRoutes(), react()],
  server: { fs: { allow: ['..'] } },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome131',
    // The page's policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What is needed at once comes in few files: each one more is a wait before the first paint. With a file goes all it imports.
        codeSplitting: {
          groups: [
            // What loads the others, so that it waits for none of them.
            { name: 'begin', test: /vite\/preload-helper|rolldown[\\/:]runtime/, priority: 3 },
            { name: 'start', test: /renderer[\\/](?:main|pages[\\/]tray[\\/]TrayPage)\.tsx$/, priority: 2 },
            { name: 'full', test: /renderer[\\/]FullWindow\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
});
