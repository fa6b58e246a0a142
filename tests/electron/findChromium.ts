import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** A Chromium on this machine, or null. */
export function findChromium(): string | null {
  const places = [
    process.env.SLUICE_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    chromium.executablePath(),
  ];
  return places.find((place): place is string => Boolean(place) && existsSync(String(place))) ?? null;
}
