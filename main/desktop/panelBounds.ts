// Decides where the small window stands: at the tray's icon, off the panel that holds it, whole on the screen.

export const panelSize = { width: 400, height: 620 };

interface Point {
  x: number;
  y: number;
}

export interface Area extends Point {
  width: number;
  height: number;
}

type Edge = 'top' | 'bottom' | 'left' | 'right';

/** How far it keeps from the panel and the screen's edges, as each system's own flyouts do. */
const gaps: Readonly<Record<string, number>> = { darwin: 4, win32: 12 };
const otherGap = 8;

function middle({ x, y, width, height }: Area): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The edge at whose panel a point lies: the one it lies beyond, else (the panel hides itself) the nearest. */
function edgeOf(point: Point, area: Area): Edge {
  // Distance from each edge inward; negative where the point is beyond it.
  const inward: [Edge, number][] = [
    ['top', point.y - area.y],
    ['bottom', area.y + area.height - point.y],
    ['left', point.x - area.x],
    ['right', area.x + area.width - point.x],
  ];
  return inward.reduce((nearest, next) => (next[1] < nearest[1] ? next : nearest))[0];
}

function within(wanted: number, start: number, room: number, size: number, gap: number): number {
  return Math.round(Math.min(Math.max(wanted, start + gap), start + room - size - gap));
}

/**
 * Bounds of the small window. `icon` is null where the system does not tell; the cursor, which has just clicked it or an
 * item of its menu, stands for it then. `workArea` is that of the screen they are on; all in the system's coordinates.
 */
export function panelBounds(icon: Area | null, workArea: Area, cursor: Point, platform: string): Area {
  const gap = gaps[platform] ?? otherGap;
  const width = Math.min(panelSize.width, workArea.width - 2 * gap);
  const height = Math.min(panelSize.height, workArea.height - 2 * gap);
  const anchor = icon ? middle(icon) : cursor;
  const edge = edgeOf(anchor, workArea);
  const far = { x: workArea.x + workArea.width, y: workArea.y + workArea.height };
  const wanted = {
    top: { x: anchor.x - width / 2, y: workArea.y },
    bottom: { x: anchor.x - width / 2, y: far.y },
    left: { x: workArea.x, y: anchor.y - height / 2 },
    right: { x: far.x, y: anchor.y - height / 2 },
  }[edge];
  return {
    x: within(wanted.x, workArea.x, workArea.width, width, gap),
    y: within(wanted.y, workArea.y, workArea.height, height, gap),
    width,
    height,
  };
}
