/** Fires once when nothing has happened for so long. Ends itself with the process. */
export interface Deadline {
  /** Something happened just now. Called for every chunk, so it only takes the time down; the timer looks at it when it fires. */
  restart(): void;
  clear(): void;
}

const never: Deadline = { restart: () => {}, clear: () => {} };

/** `ms` 0: never. */
export function startDeadline(ms: number, onExpiry: () => void): Deadline {
  if (ms <= 0) return never;
  let last = performance.now();
  let timer = setTimeout(look, ms);
  function look(): void {
    const left = ms - (performance.now() - last);
    if (left <= 0) onExpiry();
    else timer = setTimeout(look, Math.ceil(left));
  }
  return {
    restart() {
      last = performance.now();
    },
    clear: () => clearTimeout(timer),
  };
}
