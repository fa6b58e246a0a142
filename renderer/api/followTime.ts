// Tells a window that time has passed. Spans move on and limits begin anew in silence too, and no event says so.

const minuteMs = 60_000;
/** The clocks need not agree to the millisecond. */
const lateMs = 300;

interface Deps {
  /** The gateway's clock, Unix ms. */
  now(): number;
  page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
  /** A minute is over. */
  onMinute(): void;
}

/** Calls `onMinute` as each minute ends while the page is seen, and at once when it is seen again after some. Returns what ends it. */
export function followTime({ now, page, onMinute }: Deps): () => void {
  const minuteNow = () => Math.floor((now() - lateMs) / minuteMs);
  let told = minuteNow();
  let timer: ReturnType<typeof setTimeout> | null = null;

  function look() {
    if (timer) clearTimeout(timer);
    timer = null;
    if (page.hidden) return;
    timer = setTimeout(look, minuteMs + lateMs - (now() % minuteMs));
    const minute = minuteNow();
    if (minute === told) return;
    told = minute;
    onMinute();
  }
  page.addEventListener('visibilitychange', look);
  look();

  return () => {
    page.removeEventListener('visibilitychange', look);
    if (timer) clearTimeout(timer);
  };
}
