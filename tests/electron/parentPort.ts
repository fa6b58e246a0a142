// Loaded first in a utility process: gives it Electron's port to its parent in place of Node's channel.
const parentPort = {
  on(name: 'message', listener: (event: { data: unknown }) => void): void {
    process.on(name, (data) => listener({ data }));
  },
  postMessage(message: unknown): void {
    process.send?.(message);
  },
};
Object.defineProperty(process, 'parentPort', { value: parentPort });
