import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from './GraphCanvas.module.css';
import { createTrafficPlot, type PlotFormat, type TrafficPlot } from './trafficPlot.ts';

export interface GraphSource {
  format: PlotFormat;
  /** Called for every animation frame while the page is visible; draws when there is something to draw. */
  frame(plot: TrafficPlot, width: number): void;
}

interface Props {
  source: GraphSource;
  label: string;
  /** In pixels. */
  height?: number;
  onHover(index: number | null): void;
}

/** The canvas itself: built anew when the theme or the source changes, resized with its place. */
export function GraphCanvas({ source, label, height = 208, onHover }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const hover = useRef(onHover);
  hover.current = onHover;
  const scheme = useComputedColorScheme('light');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is read anew when the scheme changes
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const plot = createTrafficPlot({
      host: element,
      height,
      format: source.format,
      onHover: (index) => hover.current(index),
    });
    const resizing = new ResizeObserver(() => plot.resize(element.clientWidth));
    resizing.observe(element);
    let request = 0;
    const step = () => {
      source.frame(plot, element.clientWidth);
      request = requestAnimationFrame(step);
    };
    step();
    return () => {
      cancelAnimationFrame(request);
      resizing.disconnect();
      plot.destroy();
    };
  }, [source, scheme, height]);

  return <div ref={host} className={classes.canvas} role="img" aria-label={label} style={{ height }} />;
}
