import { useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import classes from './GraphCanvas.module.css';
import { createTrafficPlot, type PlotFormat, type TrafficPlot } from './trafficPlot.ts';

export interface GraphSource {
  format: PlotFormat;
  sparse: boolean;
  fraction: boolean;
  /** Called for every animation frame while the page is visible; draws when there is something to draw. */
  frame(plot: TrafficPlot, width: number): void;
}

/** What is under the pointer or the keyboard's cursor, and where: pixels from the graph's left edge. */
export type GraphHover = { index: number; left: number } | null;

/** What whoever reads the graph by ear is told, and how many buckets the arrow keys walk. Without it the graph is a picture. */
export interface GraphSpeech {
  /** All of it in a sentence. */
  summary: string;
  /** The bucket under the cursor. */
  reading: string | null;
  buckets: number;
}

interface Props {
  source: GraphSource;
  label: string;
  speech?: GraphSpeech | undefined;
  /** In pixels. */
  height?: number | undefined;
  onHover(hover: GraphHover): void;
}

/** Where an arrow key leads from a bucket; undefined for other keys, null to leave. */
function nextIndex(key: string, index: number, last: number): number | null | undefined {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(0, index - 1);
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(last, index + 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  return key === 'Escape' ? null : undefined;
}

/** The canvas itself: built anew when the theme or the source changes, resized with its place. */
export function GraphCanvas({ source, label, speech, height = 208, onHover }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<TrafficPlot | null>(null);
  const hover = useRef(onHover);
  hover.current = onHover;
  const scheme = useComputedColorScheme('light');
  const [index, setIndex] = useState<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is read anew when the scheme changes
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const plot = createTrafficPlot({
      host: element,
      height,
      format: source.format,
      sparse: source.sparse,
      fraction: source.fraction,
      onHover(at, left) {
        setIndex(at);
        hover.current(at === null ? null : { index: at, left });
      },
    });
    drawn.current = plot;
    const resizing = new ResizeObserver(() => plot.resize(element.clientWidth));
    resizing.observe(element);
    let request = 0;
    const step = () => {
      source.frame(plot, element.clientWidth);
      request = requestAnimationFrame(step);
    };
    step();
    return () => {
      drawn.current = null;
      cancelAnimationFrame(request);
      resizing.disconnect();
      plot.destroy();
    };
  }, [source, scheme, height]);

  const style = { height };
  if (!speech)
    return <div ref={host} className={classes.canvas} role="img" aria-label={label} style={style} />;

  const last = Math.max(0, speech.buckets - 1);
  function walk(event: KeyboardEvent) {
    const next = nextIndex(event.key, index ?? last + 1, last);
    if (next === undefined) return;
    event.preventDefault();
    drawn.current?.point(next);
  }
  return (
    <div
      ref={host}
      className={classes.canvas}
      style={style}
      // Arrow keys walk its buckets, each read out: a slider, to whoever does not see it.
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={index ?? last}
      aria-valuetext={speech.reading ?? speech.summary}
      onKeyDown={walk}
      onBlur={() => drawn.current?.point(null)}
    />
  );
}
