// Real Chromium on the dashboard. Whatever the console calls an error, the policy forbids or the page throws is gathered.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const chromiumPath = process.env.SLUICE_CHROMIUM ?? '/usr/bin/chromium';

export function launchChromium(env: Record<string, string> = {}): Promise<Browser> {
  return chromium.launch({
    env: { ...(process.env as Record<string, string>), ...env },
    executablePath: chromiumPath,
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

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: 1080, height: 720 },
    locale: 'en-US',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  page.setDefaultTimeout(10_000);
  return { page, complaints, close: () => context.close() };
}

/** Through the sign-in page, as a person would. */
export async function signIn(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.locator('input[type=password]').fill(token);
  await page.locator('button[type=submit]').click();
  await page.locator('nav').waitFor();
}
