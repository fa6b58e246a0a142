import { describe, expect, test } from 'vitest';
import { type Area, panelBounds, panelSize } from '../../../main/desktop/panelBounds.ts';

/** A screen of 1920 × 1080 whose panel of 40 pixels lies at one edge, and the icon near that panel's end. */
const screens = {
  bottom: {
    workArea: { x: 0, y: 0, width: 1920, height: 1040 },
    icon: { x: 1650, y: 1048, width: 24, height: 24 },
  },
  top: {
    workArea: { x: 0, y: 40, width: 1920, height: 1040 },
    icon: { x: 1500, y: 8, width: 24, height: 24 },
  },
  left: {
    workArea: { x: 40, y: 0, width: 1880, height: 1080 },
    icon: { x: 8, y: 700, width: 24, height: 24 },
  },
  right: {
    workArea: { x: 0, y: 0, width: 1880, height: 1080 },
    icon: { x: 1888, y: 700, width: 24, height: 24 },
  },
} as const;
type Edge = keyof typeof screens;
const edges = Object.keys(screens) as Edge[];
const nowhere = { x: 0, y: 0 };

const isInside = (inner: Area, outer: Area) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** Pixels between the window and each edge of the work area. */
const roomAround = (bounds: Area, area: Area): Record<Edge, number> => ({
  top: bounds.y - area.y,
  bottom: area.y + area.height - bounds.y - bounds.height,
  left: bounds.x - area.x,
  right: area.x + area.width - bounds.x - bounds.width,
});

describe.each(['win32', 'darwin', 'linux'])('on %s', (platform) => {
  test.each(edges)('at a panel on the %s it stands beside the icon', (edge) => {
    const { workArea, icon } = screens[edge];
    const bounds = panelBounds(icon, workArea, nowhere, platform);
    expect(bounds).toMatchObject(panelSize);
    expect(isInside(bounds, workArea)).toBe(true);
    const room = roomAround(bounds, workArea);
    expect(room[edge]).toBeLessThanOrEqual(12);
    expect(Math.min(...Object.values(room))).toBe(room[edge]);
    if (edge === 'top' || edge === 'bottom') expect(bounds.x + 200).toBe(icon.x + 12);
  });

  test.each([
    ['to the left', -1920, -200],
    ['to the right', 1920, 300],
    ['above', 0, -1080],
  ])('on a second screen %s it stays there', (_where, dx, dy) => {
    for (const edge of edges) {
      const { workArea, icon } = screens[edge];
      const moved = <T extends { x: number; y: number }>(at: T) => ({ ...at, x: at.x + dx, y: at.y + dy });
      const here = panelBounds(icon, workArea, nowhere, platform);
      expect(panelBounds(moved(icon), moved(workArea), nowhere, platform)).toEqual(moved(here));
    }
  });
});

test('an icon in the corner does not push it off the screen', () => {
  for (const edge of edges) {
    const { workArea } = screens[edge];
    for (const x of [0, 1900])
      for (const y of [0, 1060]) {
        const bounds = panelBounds({ x, y, width: 20, height: 20 }, workArea, nowhere, 'win32');
        expect(isInside(bounds, workArea)).toBe(true);
      }
  }
});

test('a panel that hides itself leaves the whole screen: the nearest edge counts', () => {
  const workArea = { x: 0, y: 0, width: 1920, height: 1080 };
  const room = roomAround(panelBounds(screens.bottom.icon, workArea, nowhere, 'win32'), workArea);
  expect(room.bottom).toBe(12);
  expect(room.top).toBeGreaterThan(400);
});

describe('where the system does not tell of the icon', () => {
  test.each(edges)('a click on a panel on the %s places it as the icon would', (edge) => {
    const { workArea, icon } = screens[edge];
    const cursor = { x: icon.x + 12, y: icon.y + 12 };
    expect(panelBounds(null, workArea, cursor, 'linux')).toEqual(
      panelBounds(icon, workArea, nowhere, 'linux'),
    );
  });

  test('a click on an item of its menu places it in the nearest corner', () => {
    const { workArea } = screens.top;
    const room = roomAround(panelBounds(null, workArea, { x: 1850, y: 180 }, 'linux'), workArea);
    expect(room).toMatchObject({ right: 8 });
    expect(room.top).toBeLessThan(room.bottom);
  });
});

test('a screen that is too small for it gets a smaller one', () => {
  const workArea = { x: 0, y: 24, width: 380, height: 500 };
  const bounds = panelBounds(null, workArea, nowhere, 'linux');
  expect(isInside(bounds, workArea)).toBe(true);
  expect(bounds).toMatchObject({ width: 364, height: 484 });
});
