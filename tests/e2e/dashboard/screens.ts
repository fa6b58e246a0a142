// Draws every page in both languages and themes, empty, busy, in trouble and crowded: `npm run screens [-- --only NAME,…] [--states …] [--languages …] [--themes …] [--width …] [--dir …]`.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { holdToken, launchChromium, openPage } from './chromium.ts';
import { type HeadlessProgram, startHeadless } from './headlessProgram.ts';
import { createPictureWriter, type PictureWriter } from './pictures.ts';
import { type GatewayState, goTo, type Place, placesIn, type Stage } from './places.ts';
import { playDesktop } from './playDesktop.ts';
import { screensIndex } from './screensIndex.ts';
import { type SeededGateway, seedGateway } from './seed.ts';
import { seedCrowd } from './seedCrowd.ts';
import { seedHistory } from './seedHistory.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: path.join(import.meta.dirname, '..', '..', '..', 'docs', 'screens') },
    states: { type: 'string', default: 'empty,busy,broken,crowded' },
    languages: { type: 'string', default: 'en,zh-CN' },
    themes: { type: 'string', default: 'light,dark' },
    only: { type: 'string' },
    width: { type: 'string', default: '1080' },
  },
});
const only = values.only?.split(',');
const wanted = (name: string) => !only || only.includes(name);
const normal = { width: Number(values.width), height: 720 };
const narrow = { width: 400, height: 620 };

/** Steady requests for as long as it takes. */
function keepBusy(seeded: SeededGateway): () => Promise<void> {
  let going = true;
  const running = new Set<Promise<void>>();
  const loop = (async () => {
    for (let index = 0; going; index += 1) {
      const request = seeded.request(index).catch(() => undefined);
      running.add(request);
      void request.then(() => running.delete(request));
      // Traffic as people make it: in waves.
      await wait(140 + 500 * Math.abs(Math.sin(index / 9)));
    }
  })();
  return async () => {
    going = false;
    await loop;
    await Promise.all(running);
  };
}

/** The recorded request that has most to tell. */
async function tellingRequest(gateway: HeadlessProgram): Promise<string | undefined> {
  const { records } = await gateway.control<{
    records: { id: string; attempts: unknown[]; skipped: unknown[] }[];
  }>('GET', '/records?limit=200');
  const told = (record: { attempts: unknown[]; skipped: unknown[] }) =>
    3 * record.attempts.length + record.skipped.length;
  return records.toSorted((a, b) => told(b) - told(a))[0]?.id;
}

async function shoot(page: Page, pictures: PictureWriter, name: string): Promise<void> {
  await wait(450);
  await pictures.write(path.join(values.dir, `${name}.webp`), await page.screenshot());
}

interface Walk {
  page: Page;
  pictures: PictureWriter;
  stage: Stage;
  /** `busy-en-light` */
  tag: string;
}

async function shootPlace({ page, pictures, stage, tag }: Walk, place: Place): Promise<void> {
  await page.setViewportSize({ width: place.width ?? normal.width, height: place.height ?? normal.height });
  await goTo(page, stage, place);
  if (place.path === '/') await wait(1200);
  await shoot(page, pictures, `${place.name}-${tag}`);
  // The small ones in one theme: the colours are the same.
  if (!place.narrow || !tag.endsWith('light')) return;
  await page.setViewportSize(narrow);
  await shoot(page, pictures, `${place.name}-narrow-${tag}`);
}

/** Of a crowd two pairs are enough: what language and theme change is seen in the other states. */
function isDrawn(state: GatewayState, language: string, theme: string): boolean {
  return state !== 'crowded' || (language === 'en') === (theme === 'light');
}

async function walkAll(browser: Browser, pictures: PictureWriter, state: GatewayState): Promise<void> {
  const gateway = await startHeadless();
  const crowd = state === 'crowded' ? await seedCrowd(gateway) : null;
  const seeded =
    state === 'busy' || state === 'broken'
      ? await seedGateway(gateway, { broken: state === 'broken' })
      : null;
  if (seeded) await seedHistory(gateway);
  const rest = seeded ? keepBusy(seeded) : async () => undefined;
  if (seeded) await wait(20_000);
  const requestId = seeded ? await tellingRequest(gateway) : undefined;
  for (const language of values.languages.split(',')) {
    await gateway.control('PATCH', '/settings', { ui: { language, theme: 'system' } });
    for (const theme of values.themes.split(',').filter((one) => isDrawn(state, language, one))) {
      const colorScheme = theme as 'light' | 'dark';
      const tag = `${state}-${language}-${theme}`;
      const { page, complaints, close } = await openPage(browser, { locale: language, colorScheme });
      if (state === 'empty' && wanted('signIn')) {
        await page.goto(`${gateway.url}/`);
        await page.locator('input[type=password]').waitFor();
        await shoot(page, pictures, `signIn-${tag}`);
      }
      await holdToken(page, gateway.token);
      const desktop = { facts: {} };
      await playDesktop(page, gateway, () => desktop.facts);
      const stage: Stage = { gateway, requestId, desktop };
      for (const place of placesIn(state)) {
        if (!wanted(place.name)) continue;
        await shootPlace({ page, pictures, stage, tag }, place).catch((error: unknown) =>
          process.stdout.write(
            `${place.name} ${tag}: ${error instanceof Error ? error.message.split('\n')[0] : error}\n`,
          ),
        );
      }
      if (complaints.length > 0) process.stdout.write(`${tag}: ${complaints.join('\n')}\n`);
      await close();
    }
  }
  await rest();
  await seeded?.close();
  await crowd?.close();
  await gateway.stop();
}

/** A bare Linux draws `system-ui` in its widest font; the pictures are to look as on a desktop. */
function desktopFonts(): Record<string, string> {
  const file = path.join(tmpdir(), 'sluice-screens-fonts.conf');
  const families = ['system-ui', 'sans', 'sans-serif', 'DejaVu Sans'].map(
    (family) => `<match target="pattern"><test name="family"><string>${family}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Liberation Sans</string></edit></match>`,
  );
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>${families.join('')}</fontconfig>`,
  );
  return process.platform === 'linux' ? { FONTCONFIG_FILE: file } : {};
}

mkdirSync(values.dir, { recursive: true });
// A page that is gone leaves no picture behind.
if (!only)
  for (const file of readdirSync(values.dir)) if (file.endsWith('.webp')) rmSync(path.join(values.dir, file));
const browser = await launchChromium(desktopFonts());
try {
  const pictures = await createPictureWriter(browser);
  for (const state of values.states.split(',')) await walkAll(browser, pictures, state as GatewayState);
} finally {
  await browser.close();
}
writeFileSync(path.join(values.dir, 'README.md'), screensIndex(readdirSync(values.dir)));
process.exit(0);
