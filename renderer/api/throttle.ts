/**
 * Runs `task` once things have had `settleMs` to settle after the first call, then at most once every `ms`; the last call is never
 * lost. `cancel` drops a waiting one.
 */
export function throttle(task: () => void, ms: number, settleMs: number): { (): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting = false;

  function rest() {
    timer = setTimeout(() => {
      timer = null;
      if (waiting) run();
    }, ms);
  }
  function run() {
    waiting = false;
    rest();
    task();
  }
  const throttled = () => {
    waiting = true;
    timer ??= setTimeout(run, settleMs);
  };
  throttled.cancel = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    waiting = false;
  };
  return throttled;
}
