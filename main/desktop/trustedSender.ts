// Decides whether a message came from our own window. It never looks at what the message says.

/** What is looked at of Electron's IpcMainEvent. */
export interface Sender {
  sender: { id: number };
  /** null once the frame has navigated away or is gone. */
  senderFrame: { parent: unknown; url: string; origin: string } | null;
}

/** True only for the main frame of a window of ours that shows a page of `origin`, e.g. `app://sluice`. */
export function trustedSender(event: Sender, windows: ReadonlySet<number>, origin: string): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null || !windows.has(event.sender.id)) return false;
  return frame.origin === origin && originOf(frame.url) === origin;
}

/** `scheme://host[:port]` of an address, also for schemes that URL gives no origin; null where it can't be parsed. */
export function originOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.host ? `${url.protocol}//${url.host}` : null;
}
