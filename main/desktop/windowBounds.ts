// Remembers the window's place and size in window.json. A broken or missing file means the default size.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

export const defaultSize = { width: 1080, height: 720 };
export const minimumSize = { minWidth: 400, minHeight: 520 };

const boundsSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(minimumSize.minWidth).max(20_000),
  height: z.int().min(minimumSize.minHeight).max(20_000),
  maximized: z.boolean().default(false),
});
export type WindowBounds = z.output<typeof boundsSchema>;

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Whether enough of the title bar lies on one of the screens to be grabbed. */
function canBeGrabbed(bounds: Area, screens: readonly Area[]): boolean {
  return screens.some((screen) => {
    const across = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x);
    return across >= 100 && bounds.y >= screen.y && bounds.y <= screen.y + screen.height - 40;
  });
}

/** The place is dropped where no screen shows it any more, e.g. after a monitor was unplugged. */
export function readBounds(file: string, screens: readonly Area[]): WindowBounds {
  try {
    const { x, y, ...size } = boundsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const placed = x !== undefined && y !== undefined && canBeGrabbed({ x, y, ...size }, screens);
    return placed ? { x, y, ...size } : size;
  } catch {
    return { ...defaultSize, maximized: false };
  }
}

/** Throws the file system's error. */
export function writeBounds(file: string, bounds: WindowBounds): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, JSON.stringify(bounds), { mode: 0o600 });
  renameSync(fresh, file);
}
