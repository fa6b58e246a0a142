// Real Chromium on the dashboard. Whatever the console calls an error, the policy forbids or the page throws is gathered.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** `SLUICE_CHROMIUM`, else one that is installed; null where there is none. */
export function findChromium(): string | null {
  const wanted = process.env.SLUICE_CHROMIUM;
  return [...(wanted ? [wanted] : []), ...places].find((place) => existsSync(place)) ?? null;
}

export function launchChromium(env: Record<string, string> = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; SLUICE_CHROMIUM names one');
  return chromium.launch({
    env: { ...(process.env as Record<string, string>), ...env },
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-extensions',
      '--no-first-run',
      '--force-color-profile=srgb',
    ],
  });
}

export interface OpenedPage {
  page: Page;
  /** Console errors, uncaught errors and policy violations so far. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
  complaints: string[] = [],
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1080, height: 720 },
    locale: 'en-US',
    ...options,
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  // What is waited for comes late on a busy machine.
  page.setDefaultTimeout(20_000);
  return { page, complaints, close: () => context.close() };
}

/** Every page it opens from now on has the token already. */
export async function holdToken(page: Page, token: string): Promise<void> {
  await page.addInitScript((held) => {
    if (location.protocol !== 'about:') sessionStorage.setItem('sluice.token', held);
  }, token);
}

/** Through the sign-in page, as a person would. */
export async function signIn(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.locator('input[type=password]').fill(token);
  await page.locator('button[type=submit]').click();
  await page.locator('nav').waitFor();
}
