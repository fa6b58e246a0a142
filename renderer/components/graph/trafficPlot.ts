// Draws requests as bars (errors red at their foot) and tokens as a line, on one canvas. It knows nothing of where numbers come from.
import uPlot from 'uplot';
import { roundTop } from './roundTop.ts';
import 'uplot/dist/uPlot.min.css';

/** Column-wise, oldest first: bucket start (s), requests, errors, tokens. All in the units they are drawn in. */
export interface PlotColumns {
  times: number[];
  requests: number[];
  errors: number[];
  tokens: number[];
}

export interface PlotFormat {
  /** Words at the ticks of the time axis between two moments (s). */
  ticks(fromSec: number, toSec: number): { at: number; label: string }[];
  tokens(value: number): string;
  requests(value: number): string;
}

interface PlotOptions {
  host: HTMLElement;
  height: number;
  format: PlotFormat;
  /** Index of the bucket under the pointer, or null. */
  onHover(index: number | null): void;
}

export interface TrafficPlot {
  /** Shows the columns between two moments (s). `settle` 0..1: how far the scales move toward their goal, 1 at once. */
  show(columns: PlotColumns, fromSec: number, toSec: number, settle: number): void;
  /** The scales stand where they are to stand. */
  readonly settled: boolean;
  resize(width: number): void;
  destroy(): void;
}

interface Palette {
  text: string;
  line: string;
  bar: string;
  bad: string;
  accent: string;
  fill: string;
  font: string;
}

/** Bars keep to the lower part, so that the line stays readable above them. */
const barShare = 0.45;

function readPalette(host: HTMLElement): Palette {
  const style = getComputedStyle(host);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: read('--text-3'),
    line: read('--line'),
    bar: read('--bar'),
    bad: read('--bad'),
    accent: read('--accent-text'),
    fill: read('--accent-fill'),
    font: `12px ${read('--font')}`,
  };
}

export function createTrafficPlot({ host, height, format, onHover }: PlotOptions): TrafficPlot {
  const palette = readPalette(host);
  /** Where the scales stand, and the round numbers they move toward; the labels are always the round ones. */
  const tops = { tokens: 0, requests: 0 };
  const goals = { tokens: 0, requests: 0 };
  let ticks: { at: number; label: string }[] = [];

  const bars = uPlot.paths.bars?.({ size: [0.62, 40], align: 1, radius: 0.12 });
  const line = uPlot.paths.spline?.();

  const plot = new uPlot(
    {
      width: Math.max(1, host.clientWidth),
      height,
      padding: [12, 0, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { setScale: false, x: false, y: false },
        points: {
          size: 7,
          width: 2,
          show: (u, index) => (index === 3 ? uPointElement(u) : (undefined as never)),
        },
      },
      scales: {
        x: { time: false, auto: false },
        tokens: { auto: false },
        requests: { auto: false },
      },
      axes: [
        {
          stroke: palette.text,
          font: palette.font,
          size: 26,
          gap: 8,
          grid: { show: false },
          ticks: { show: false },
          splits: () => ticks.map((tick) => tick.at),
          values: () => ticks.map((tick) => tick.label),
        },
        {
          scale: 'tokens',
          stroke: palette.text,
          font: palette.font,
          size: 48,
          gap: 8,
          grid: { stroke: palette.line, width: 1 },
          ticks: { show: false },
          splits: () => (goals.tokens > 0 ? [0, goals.tokens / 2, goals.tokens] : [0]),
          values: (_u, splits) => splits.map((value) => (value === 0 ? '0' : format.tokens(value))),
        },
        {
          scale: 'requests',
          side: 1,
          stroke: palette.text,
          font: palette.font,
          size: 44,
          gap: 8,
          grid: { show: false },
          ticks: { show: false },
          splits: () => (goals.requests > 0 ? [0, goals.requests] : [0]),
          values: (_u, splits) => splits.map((value) => (value === 0 ? '' : format.requests(value))),
        },
      ],
      series: [
        {},
        { scale: 'requests', width: 0, fill: palette.bar, paths: bars, points: { show: false } },
        { scale: 'requests', width: 0, fill: palette.bad, paths: bars, points: { show: false } },
        {
          scale: 'tokens',
          width: 1.75,
          stroke: palette.accent,
          fill: palette.fill,
          paths: line,
          points: { show: false },
        },
      ],
      hooks: {
        setCursor: [
          (u) => onHover(u.cursor.left !== undefined && u.cursor.left >= 0 ? (u.cursor.idx ?? null) : null),
        ],
      },
    },
    [[], [], [], []],
    host,
  );

  function uPointElement(u: uPlot): HTMLElement {
    const point = document.createElement('div');
    point.style.background = palette.accent;
    point.style.width = '7px';
    point.style.height = '7px';
    u.over.append(point);
    return point;
  }

  function ease(current: number, goal: number, settle: number): number {
    if (settle >= 1 || current === 0 || Math.abs(goal - current) < goal * 0.01) return goal;
    return current + (goal - current) * settle;
  }

  return {
    show({ times, requests, errors, tokens }, fromSec, toSec, settle) {
      goals.tokens = roundTop(Math.max(0, ...tokens));
      goals.requests = roundTop(Math.max(0, ...requests));
      tops.tokens = ease(tops.tokens, goals.tokens || 1, settle);
      tops.requests = ease(tops.requests, goals.requests || 1, settle);
      ticks = format.ticks(fromSec, toSec);
      plot.batch(() => {
        plot.setData([times, requests, errors, tokens], false);
        plot.setScale('x', { min: fromSec, max: toSec });
        plot.setScale('tokens', { min: 0, max: tops.tokens });
        plot.setScale('requests', { min: 0, max: tops.requests / barShare });
      });
    },
    get settled() {
      return tops.tokens === (goals.tokens || 1) && tops.requests === (goals.requests || 1);
    },
    resize(width) {
      if (width > 0) plot.setSize({ width, height });
    },
    destroy: () => plot.destroy(),
  };
}
