// Lifts one row of a list and puts it down elsewhere: by pointer or finger at its handle, or by keys. It moves nothing itself.
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

interface Lifted {
  id: string;
  from: number;
  to: number;
  by: 'pointer' | 'keys';
  /** Pixels the pointer has moved it. */
  dy: number;
}

export type DragNews = { what: 'lifted' | 'moved' | 'dropped' | 'cancelled'; id: string; place: number };

export interface DragOrder {
  /** The row in the air. */
  lifted: string | null;
  /** The last thing that happened, for a screen reader. */
  news: DragNews | null;
  row(id: string): { ref(element: HTMLElement | null): void; style: CSSProperties; 'data-lifted'?: true };
  handle(id: string): {
    'aria-pressed': boolean;
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(): void;
    onPointerCancel(): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
    onBlur(): void;
  };
}

/** So near the edge of what scrolls, the list scrolls along. */
const edge = 48;
const scrollStep = 14;

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  return document.documentElement;
}

export function useDragOrder(ids: readonly string[], onDrop: (id: string, to: number) => void): DragOrder {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [news, setNews] = useState<DragNews | null>(null);
  const rows = useRef(new Map<string, HTMLElement>());
  /** Where all stood when one was lifted: what moves since must not move the aim. */
  const start = useRef<{
    y: number;
    scroll: number;
    scroller: HTMLElement;
    tops: number[];
    heights: number[];
  }>(null);

  function lift(id: string, by: Lifted['by'], y: number) {
    const from = ids.indexOf(id);
    const row = rows.current.get(id);
    if (from < 0 || !row) return;
    const boxes = ids.map((one) => rows.current.get(one)?.getBoundingClientRect());
    const scroller = scrollerOf(row);
    start.current = {
      y,
      scroller,
      scroll: scroller.scrollTop,
      tops: boxes.map((box) => box?.top ?? 0),
      heights: boxes.map((box) => box?.height ?? 0),
    };
    setLifted({ id, from, to: from, by, dy: 0 });
    setNews({ what: 'lifted', id, place: from });
  }

  function settle(drop: boolean) {
    if (!lifted) return;
    const { id, from, to } = lifted;
    setLifted(null);
    setNews({ what: drop ? 'dropped' : 'cancelled', id, place: drop ? to : from });
    if (drop && to !== from) onDrop(id, to);
  }

  function follow(y: number) {
    const from = start.current;
    if (!lifted || !from) return;
    const { scroller, tops, heights } = from;
    const box = scroller.getBoundingClientRect();
    if (y < Math.max(0, box.top) + edge) scroller.scrollTop -= scrollStep;
    else if (y > Math.min(innerHeight, box.bottom) - edge) scroller.scrollTop += scrollStep;
    const dy = y - from.y + scroller.scrollTop - from.scroll;
    const own = heights[lifted.from] ?? 0;
    const top = (tops[lifted.from] ?? 0) + dy;
    // It takes the place of a row when it covers half of it.
    let to = lifted.from;
    ids.forEach((_id, index) => {
      const middle = (tops[index] ?? 0) + (heights[index] ?? 0) / 2;
      if (index > lifted.from && top + own > middle) to = Math.max(to, index);
      if (index < lifted.from && top < middle) to = Math.min(to, index);
    });
    if (to !== lifted.to) setNews({ what: 'moved', id: lifted.id, place: to });
    setLifted({ ...lifted, dy, to });
  }

  function shift(by: number) {
    if (!lifted) return;
    const to = Math.min(ids.length - 1, Math.max(0, lifted.to + by));
    if (to === lifted.to) return;
    setLifted({ ...lifted, to });
    setNews({ what: 'moved', id: lifted.id, place: to });
    rows.current.get(ids[to] ?? '')?.scrollIntoView({ block: 'nearest' });
  }

  function offsetOf(id: string): number {
    if (!lifted || !start.current) return 0;
    const { heights } = start.current;
    const { from, to } = lifted;
    const index = ids.indexOf(id);
    const sum = (low: number, high: number) =>
      heights.slice(low, high).reduce((total, height) => total + height, 0);
    if (id === lifted.id) {
      if (lifted.by === 'pointer') return lifted.dy;
      return to >= from ? sum(from + 1, to + 1) : -sum(to, from);
    }
    if (index > from && index <= to) return -(heights[from] ?? 0);
    if (index < from && index >= to) return heights[from] ?? 0;
    return 0;
  }

  return {
    lifted: lifted?.id ?? null,
    news,
    row(id) {
      const offset = offsetOf(id);
      return {
        ref(element) {
          if (element) rows.current.set(id, element);
          else rows.current.delete(id);
        },
        style: offset === 0 ? {} : { transform: `translateY(${offset}px)` },
        ...(lifted?.id === id ? { 'data-lifted': true as const } : {}),
      };
    },
    handle: (id) => ({
      'aria-pressed': lifted?.id === id,
      onPointerDown(event) {
        if (event.button !== 0 || lifted) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        lift(id, 'pointer', event.clientY);
      },
      onPointerMove(event) {
        if (lifted?.by === 'pointer') follow(event.clientY);
      },
      onPointerUp() {
        if (lifted?.by === 'pointer') settle(true);
      },
      onPointerCancel() {
        if (lifted?.by === 'pointer') settle(false);
      },
      onKeyDown(event) {
        const { key } = event;
        const known = [' ', 'Enter', 'Escape', 'ArrowUp', 'ArrowDown', 'Home', 'End'];
        if (!known.includes(key) || (!lifted && key !== ' ' && key !== 'Enter')) return;
        event.preventDefault();
        event.stopPropagation();
        if (!lifted) lift(id, 'keys', 0);
        else if (key === ' ' || key === 'Enter') settle(true);
        else if (key === 'Escape') settle(false);
        else if (key === 'ArrowUp') shift(-1);
        else if (key === 'ArrowDown') shift(1);
        else shift(key === 'Home' ? -ids.length : ids.length);
      },
      onBlur() {
        if (lifted?.by === 'keys') settle(false);
      },
    }),
  };
}
