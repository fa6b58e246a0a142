/** A timer that can be started anew cheaply; 0 ms means it never fires. Ends itself with the process. */
export interface Deadline {
  restart(): void;
  clear(): void;
}

export function startDeadline(ms: number, onExpiry: () => void): Deadline {
  if (ms <= 0) return { restart: () => {}, clear: () => {} };
  const timer = setTimeout(onExpiry, ms);
  return { restart: () => void timer.refresh(), clear: () => clearTimeout(timer) };
}
