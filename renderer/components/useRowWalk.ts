import type { RefObject } from 'react';

interface Options {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  /** The row that is open, or -1. */
  openIndex: number;
  scrollTo(index: number): void;
  /** Told of the row walked to while one is open: what is shown beside the list follows. */
  onFollow(index: number): void;
}

/** Arrow keys in a list of which only what is seen is drawn; its rows carry `data-index`. */
export function useRowWalk({ scroller, count, openIndex, scrollTo, onFollow }: Options) {
  function focusRow(index: number): boolean {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    row?.focus();
    return row !== null && row !== undefined;
  }

  function walk(event: React.KeyboardEvent) {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -count, End: count };
    const step = steps[event.key];
    if (!step || count === 0) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index;
    const from = focused !== undefined ? Number(focused) : openIndex;
    const to = Math.min(count - 1, Math.max(0, from + step));
    event.preventDefault();
    scrollTo(to);
    if (openIndex >= 0) onFollow(to);
    if (!focusRow(to)) requestAnimationFrame(() => focusRow(to));
  }

  return { walk, focusRow };
}
