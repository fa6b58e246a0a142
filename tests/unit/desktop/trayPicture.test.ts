import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { trayPicture } from '../../../main/desktop/trayPicture.ts';
import type { TrayLook } from '../../../main/desktop/trayState.ts';
import { pngPixels } from './pngPixels.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'resources', 'tray');
const looks: TrayLook[] = ['off', 'on', 'busy', 'trouble'];
const panels = (['darwin', 'win32', 'linux'] as const).flatMap((platform) =>
  [false, true].map((dark) => [platform, dark] as const),
);

/** Width and height as the PNG's header has them. */
function sizeOf(bytes: Buffer): [number, number] {
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test.each(panels)(
  'on %s (dark: %s) each state has a picture of its own, sharp from one to three times',
  (platform, dark) => {
    const seen = new Set<string>();
    for (const look of looks) {
      const file = trayPicture(folder, look, platform, dark);
      const bytes = readFileSync(file);
      seen.add(bytes.toString('base64'));
      const [width, height] = sizeOf(bytes);
      expect([width, height]).toEqual([height, width]);
      for (const scale of [2, 3]) {
        const finer = readFileSync(file.replace(/\.png$/, `@${scale}x.png`));
        expect(sizeOf(finer)).toEqual([width * scale, height * scale]);
      }
    }
    expect(seen.size).toBe(looks.length);
  },
);

test('macOS colours a template by itself; elsewhere light and dark panels differ', () => {
  expect(trayPicture(folder, 'on', 'darwin', true)).toBe(trayPicture(folder, 'on', 'darwin', false));
  expect(path.basename(trayPicture(folder, 'on', 'darwin', true))).toMatch(/Template\.png$/);
  for (const platform of ['win32', 'linux']) {
    const [light, dark] = [false, true].map((on) => readFileSync(trayPicture(folder, 'on', platform, on)));
    expect(light?.equals(dark as Buffer)).toBe(false);
  }
});

test('Windows’ own scales between one and two have theirs too', () => {
  for (const look of looks) {
    const file = trayPicture(folder, look, 'win32', true);
    for (const [scale, width] of [
      ['1.25', 20],
      ['1.5', 24],
    ] as const)
      expect(sizeOf(readFileSync(file.replace(/\.png$/, `@${scale}x.png`)))).toEqual([width, width]);
  }
});

test('Linux tells no panel colour: what is drawn for dark panels is seen on light ones too', () => {
  for (const look of looks)
    for (const panel of [0x1c, 0xf0]) {
      const pixels = pngPixels(readFileSync(trayPicture(folder, look, 'linux', true)));
      // How far the picture is from the panel it lies on, where it is furthest.
      const distances = pixels.map(([red, green, blue, alpha]) => {
        const shown = [red, green, blue].map((value) => (value * alpha + panel * (255 - alpha)) / 255);
        return Math.max(...shown.map((value) => Math.abs(value - panel)));
      });
      const clear = distances.filter((distance) => distance > 60).length;
      expect(clear / pixels.length, `${look} on ${panel}`).toBeGreaterThan(0.1);
    }
});
