// Draws every icon from resources/mark.svg with the Chromium at hand: node resources/icons/make.mjs [chromium].
// The pictures are committed; run it again after a change of the mark.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const resources = path.join(import.meta.dirname, '..');
const iconsDir = import.meta.dirname;
const trayDir = path.join(resources, 'tray');

/** Deep water, and the same a little lighter above. */
const water = { top: '#12699f', bottom: '#084a7b' };
const inks = {
  light: { ink: '#1c2226', trouble: '#bb2d23', busy: '#0b5a94' },
  dark: { ink: '#f2f5f7', trouble: '#ff8a7d', busy: '#7cc4f5' },
  // macOS colours a template by itself: only its alpha counts.
  template: { ink: '#000000', trouble: '#000000', busy: '#000000' },
};

/** The strokes of the mark, without its colours: the three streams, the way out, the gate. */
function readMark() {
  const svg = readFileSync(path.join(resources, 'mark.svg'), 'utf8');
  const [first, second, third, out, gate] = [...svg.matchAll(/<path d="([^"]+)"/g)].map((match) => match[1]);
  if (!gate) throw new Error('resources/mark.svg no longer has its five strokes');
  return { streams: [first, second, third], out, gate };
}

const mark = readMark();

function strokes(paths, { color, width }) {
  const lines = paths.map((d) => `<path d="${d}"/>`).join('');
  return `<g fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">${lines}</g>`;
}

/** White mark on water. macOS wants air around the tile, the others fill their square. */
function appIcon({ air }) {
  const size = 1024 - 2 * air;
  const radius = size * 0.2237;
  const scale = (size * 0.6) / 24;
  const offset = 512 - 12 * scale;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024">
    <defs><linearGradient id="w" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${water.top}"/><stop offset="1" stop-color="${water.bottom}"/></linearGradient></defs>
    <rect x="${air}" y="${air}" width="${size}" height="${size}" rx="${radius}" fill="url(#w)"/>
    <g transform="translate(${offset} ${offset}) scale(${scale})">
      ${strokes([...mark.streams, mark.out], { color: '#ffffff', width: 2.1 })}
      ${strokes([mark.gate], { color: '#ffffff', width: 2.8 })}
    </g></svg>`;
}

/** The gate a quarter to the left: there its edges fall on whole pixels at 16. */
const snapped = (group) => `<g transform="translate(-.25 0)">${group}</g>`;

/** Dark behind the strokes: Linux does not tell a panel's colour, and light strokes with a rim are seen on a light one as well. */
function rim(look) {
  const paths = [...mark.streams, ...(look === 'on' ? [mark.out] : [])];
  return `<g opacity=".85">${strokes(paths, { color: inks.light.ink, width: 5 })}${snapped(strokes([mark.gate], { color: inks.light.ink, width: look === 'off' ? 5.6 : 5 }))}</g>`;
}

/** Off: the gate is closed and pale. Busy: a drop behind the gate. Trouble: a dot on the corner, with a ring of nothing around it. */
function trayIcon(look, { ink, trouble, busy }, { rimmed = false } = {}) {
  const line = { color: ink, width: 3 };
  const body =
    (rimmed ? rim(look) : '') +
    strokes(mark.streams, line) +
    (look === 'on' ? strokes([mark.out], line) : '') +
    snapped(strokes([mark.gate], { ...line, width: look === 'off' ? 3.6 : 3 }));
  const picture = {
    off: `<g opacity=".55">${body}</g>`,
    on: body,
    busy: `${body}<circle cx="20.5" cy="12" r="3.2" fill="${busy}"/>`,
    trouble: `<mask id="m"><rect width="24" height="24" fill="#fff"/><circle cx="19" cy="19" r="6.2" fill="#000"/></mask>
      <g mask="url(#m)">${body}</g><circle cx="19" cy="19" r="4.6" fill="${trouble}"/>`,
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${picture[look]}</svg>`;
}

function findChromium() {
  const places = [process.argv[2], '/usr/bin/chromium', '/usr/bin/google-chrome', chromium.executablePath()];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error('no Chromium here; give its path as the first argument');
  return found;
}

/** Draws SVGs as PNGs with a transparent ground. */
async function createPainter() {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const page = await browser.newPage();
  return {
    async paint(svg, size) {
      await page.setViewportSize({ width: size, height: size });
      const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `);
      await page.setContent(`<style>body{margin:0}svg{display:block}</style>${sized}`);
      return page.screenshot({ omitBackground: true });
    },
    close: () => browser.close(),
  };
}

/** A Windows icon: a directory of PNGs. */
function toIco(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** macOS' names for its sizes; each holds a PNG. */
const icnsTypes = {
  ic07: 128,
  ic08: 256,
  ic09: 512,
  ic10: 1024,
  ic11: 32,
  ic12: 64,
  ic13: 256,
  ic14: 512,
};

function toIcns(pngOf) {
  const chunk = (type, data) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  };
  const chunks = Object.entries(icnsTypes).map(([type, size]) => chunk(type, pngOf(size)));
  return chunk('icns', Buffer.concat(chunks));
}

async function drawAppIcons(painter) {
  const tiles = [];
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    const png = await painter.paint(appIcon({ air: 32 }), size);
    writeFileSync(path.join(iconsDir, `${size}x${size}.png`), png);
    tiles.push({ size, png });
  }
  writeFileSync(path.join(iconsDir, 'icon.ico'), toIco(tiles.filter(({ size }) => size <= 256)));
  const mac = new Map();
  for (const size of new Set(Object.values(icnsTypes)))
    mac.set(size, await painter.paint(appIcon({ air: 100 }), size));
  writeFileSync(
    path.join(iconsDir, 'icon.icns'),
    toIcns((size) => mac.get(size)),
  );
  writeFileSync(path.join(iconsDir, 'icon.png'), await painter.paint(appIcon({ air: 32 }), 1024));
}

/** Electron finds the sharper ones by their suffix. Linux panels get a larger base: they only ever scale down. */
const scales = [
  ['', 1],
  ['@1.25x', 1.25],
  ['@1.5x', 1.5],
  ['@2x', 2],
  ['@3x', 3],
];

async function drawTrayIcons(painter) {
  rmSync(trayDir, { recursive: true, force: true });
  mkdirSync(trayDir);
  for (const look of ['off', 'on', 'busy', 'trouble']) {
    for (const [suffix, scale] of scales) {
      const paint = async (name, svg, size) =>
        writeFileSync(path.join(trayDir, `${name}${suffix}.png`), await painter.paint(svg, size));
      for (const panel of ['light', 'dark']) {
        const svg = trayIcon(look, inks[panel]);
        await paint(`${look}-${panel}-small`, svg, 16 * scale);
        if (!Number.isInteger(scale)) continue;
        await paint(
          `${look}-${panel}-large`,
          trayIcon(look, inks[panel], { rimmed: panel === 'dark' }),
          24 * scale,
        );
      }
      if (Number.isInteger(scale)) await paint(`${look}Template`, trayIcon(look, inks.template), 18 * scale);
    }
  }
}

const painter = await createPainter();
try {
  await drawAppIcons(painter);
  await drawTrayIcons(painter);
} finally {
  await painter.close();
}
