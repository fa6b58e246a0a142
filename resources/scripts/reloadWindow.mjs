// Reloads the desktop's window over the debugging port that only `npm run dev` opens.
const port = 9223;

/** Does nothing where no window is open. */
export async function reloadWindow() {
  try {
    const targets = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
    for (const { type, webSocketDebuggerUrl } of targets) {
      if (type !== 'page') continue;
      const socket = new WebSocket(webSocketDebuggerUrl);
      socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, method: 'Page.reload' })));
      socket.addEventListener('message', () => socket.close());
    }
  } catch {
    // The app is not up yet; it will load the new page by itself.
  }
}
