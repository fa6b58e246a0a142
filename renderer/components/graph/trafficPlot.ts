// Draws requests as bars (errors red at their foot, with a mark above) and one more number as a line, on one canvas. It knows
// nothing of where numbers come from.
import uPlot from 'uplot';
import { drawErrorMarks } from './drawErrorMarks.ts';
import { roundTop } from './roundTop.ts';
import 'uplot/dist/uPlot.min.css';

/** Column-wise, oldest first: bucket start (s), requests, errors, the line. All in the units they are drawn in. */
export interface PlotColumns {
  times: number[];
  requests: number[];
  errors: number[];
  /** Null where nothing is known; the whole of it null where the bars stand alone. */
  line: (number | null)[] | null;
}

export interface PlotFormat {
  /** Words at the ticks of the time axis between two moments (s). */
  ticks(fromSec: number, toSec: number): { at: number; label: string }[];
  line(value: number): string;
  requests(value: number): string;
}

interface PlotOptions {
  host: HTMLElement;
  height: number;
  format: PlotFormat;
  /** A line of single points that are far apart: each is drawn, and they are joined. */
  sparse: boolean;
  /** Its numbers may be far below one. */
  fraction: boolean;
  /** Index of the bucket under the pointer and where it is (pixels from the left), or null. */
  onHover(index: number | null, left: number): void;
}

export interface TrafficPlot {
  /** Shows the columns between two moments (s). `settle` 0..1: how far the scales move toward their goal, 1 at once. */
  show(columns: PlotColumns, fromSec: number, toSec: number, settle: number): void;
  /** The scales stand where they are to stand. */
  readonly settled: boolean;
  /** Puts the cursor onto a bucket, as a pointer would; null takes it away. */
  point(index: number | null): void;
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

/** Beside a line, bars keep to the lower part, so that it stays readable above them; alone they leave room for the marks. */
const barShare = { besideLine: 0.45, alone: 0.92 };
const bucketFill = 0.62;
const widestBar = 40;

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

export function createTrafficPlot({
  host,
  height,
  format,
  sparse,
  fraction,
  onHover,
}: PlotOptions): TrafficPlot {
  const palette = readPalette(host);
  /** Where the scales stand, and the round numbers they move toward; the labels are always the round ones. */
  const tops = { line: 0, requests: 0 };
  const goals = { line: 0, requests: 0 };
  let alone = false;
  let ticks: { at: number; label: string }[] = [];

  const bars = uPlot.paths.bars?.({ size: [bucketFill, widestBar], align: 1, radius: 0.12 });
  const line = sparse ? uPlot.paths.linear?.() : uPlot.paths.spline?.();
  /** Without a line, requests take its axis and its hairlines. */
  const leftGoal = () => (alone ? goals.requests : goals.line);
  const leftScale = () => (alone ? goals.requests / goals.line || 1 : 1);

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
        line: { auto: false },
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
          scale: 'line',
          stroke: palette.text,
          font: palette.font,
          size: 48,
          gap: 8,
          grid: { stroke: palette.line, width: 1 },
          ticks: { show: false },
          splits: () => (leftGoal() > 0 ? [0, goals.line / 2, goals.line] : [0]),
          values: (_u, splits) =>
            splits.map((value) => {
              if (value === 0) return '0';
              return alone ? format.requests(value * leftScale()) : format.line(value);
            }),
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
          splits: () => (goals.requests > 0 && !alone ? [0, goals.requests] : [0]),
          values: (_u, splits) => splits.map((value) => (value === 0 ? '' : format.requests(value))),
        },
      ],
      series: [
        {},
        { scale: 'requests', width: 0, fill: palette.bar, paths: bars, points: { show: false } },
        { scale: 'requests', width: 0, fill: palette.bad, paths: bars, points: { show: false } },
        {
          scale: 'line',
          width: 1.75,
          stroke: palette.accent,
          fill: sparse ? 'transparent' : palette.fill,
          paths: line,
          spanGaps: sparse,
          points: { show: sparse, size: 4, width: 0, fill: palette.accent },
        },
      ],
      hooks: {
        draw: [(u) => drawErrorMarks(u, palette.bad, bucketFill, widestBar)],
        setCursor: [
          (u) => {
            const { left = -1, idx } = u.cursor;
            if (left < 0 || idx == null) onHover(null, 0);
            else onHover(idx, left + u.over.offsetLeft);
          },
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
    show({ times, requests, errors, line: values }, fromSec, toSec, settle) {
      alone = values === null;
      goals.requests = roundTop(Math.max(0, ...requests));
      // Alone, the bars' top stands at the same height whatever it is.
      goals.line = values ? roundTop(Math.max(0, ...values.map((value) => value ?? 0)), fraction ? 0 : 2) : 1;
      tops.line = values ? ease(tops.line, goals.line || 1, settle) : 1;
      tops.requests = ease(tops.requests, goals.requests || 1, settle);
      ticks = format.ticks(fromSec, toSec);
      const share = alone ? barShare.alone : barShare.besideLine;
      plot.batch(() => {
        plot.setData([times, requests, errors, values ?? times.map(() => null)], false);
        plot.setScale('x', { min: fromSec, max: toSec });
        plot.setScale('line', { min: 0, max: alone ? 1 / share : tops.line });
        plot.setScale('requests', { min: 0, max: tops.requests / share });
      });
    },
    get settled() {
      return (alone || tops.line === (goals.line || 1)) && tops.requests === (goals.requests || 1);
    },
    point(index) {
      const time = index === null ? undefined : plot.data[0]?.[index];
      const left = time === undefined ? -10 : plot.valToPos(time, 'x');
      plot.setCursor({ left, top: plot.over.clientHeight / 2 });
    },
    resize(width) {
      if (width > 0) plot.setSize({ width, height });
    },
    destroy: () => plot.destroy(),
  };
}
