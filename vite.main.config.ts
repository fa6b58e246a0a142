// Compiles what runs outside the window: the entries of the main process into out/main, the preload script into out/preload.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const root = path.dirname(fileURLToPath(import.meta.url));

/** What stays in node_modules: Electron itself and the native modules. */
const external = ['electron', 'better-sqlite3', 'keytar'];

/** Programs, worker threads and child processes. All land in one folder: a part finds another beside itself. */
export const entries = {
  desktop: 'main/desktop.ts',
  headless: 'main/headless.ts',
  keychainProcess: 'main/store/keychainProcess.ts',
  tokenWorker: 'main/metering/tokenWorker.ts',
  usageWorker: 'main/store/usage/usageWorker.ts',
};

function fromRoot(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, path.join(root, file)]));
}

/**
 * A single character beyond ASCII makes V8 hold a whole file at two bytes a character: 10 MB here. `charset` escapes them in code,
 * this does it in the comments that stay.
 */
const ascii = {
  name: 'ascii',
  renderChunk: (code: string) =>
    code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
};

function nodeBuild(
  input: Record<string, string>,
  output: { format: 'es' | 'cjs'; suffix: string },
): UserConfig {
  return {
    root,
    publicDir: false,
    plugins: [ascii],
    // Who may sign updates is decided when the program is built; without a key it takes none.
    define: { SLUICE_UPDATE_PUBLIC_KEY: JSON.stringify(process.env.SLUICE_UPDATE_PUBLIC_KEY ?? '') },
    ssr: { target: 'node', noExternal: true, external },
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        external,
        output: {
          format: output.format,
          charset: 'ascii',
          comments: { legal: true, annotation: false, jsdoc: false },
          entryFileNames: `[name]${output.suffix}`,
          chunkFileNames: `[name]-[hash]${output.suffix}`,
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  };
}

export default defineConfig(({ mode }) =>
  mode === 'preload'
    ? nodeBuild(fromRoot({ index: 'preload/index.ts' }), { format: 'cjs', suffix: '.cjs' })
    : nodeBuild(fromRoot(entries), { format: 'es', suffix: '.js' }),
);
