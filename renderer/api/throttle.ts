/** Runs `task` at once, then at most once every `ms`, the last call never lost. `cancel` drops a waiting one. */
export function throttle(task: () => void, ms: number): { (): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting = false;
  function run() {
    waiting = false;
    timer = setTimeout(() => {
      timer = null;
      if (waiting) run();
    }, ms);
    task();
  }
  const throttled = () => {
    if (timer) waiting = true;
    else run();
  };
  throttled.cancel = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    waiting = false;
  };
  return throttled;
}
