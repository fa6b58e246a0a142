// Writes a picture of every page in both languages and themes: `node tests/e2e/dashboard/screens.ts DIR [empty,busy,broken] [en,zh-CN] [light,dark]`.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, openPage } from './chromium.ts';
import { type HeadlessProgram, startHeadless } from './headlessProgram.ts';
import { type SeededGateway, seedGateway } from './seed.ts';

const [dir, stateList = 'empty,busy,broken', languageList = 'en,zh-CN', themeList = 'light,dark'] =
  process.argv.slice(2);
if (!dir) {
  process.stderr.write('usage: screens.ts DIR [empty,busy,broken] [en,zh-CN] [light,dark]\n');
  process.exit(2);
}
mkdirSync(dir, { recursive: true });

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

async function shoot(page: Page, name: string): Promise<void> {
  await wait(500);
  await page.screenshot({ path: path.join(dir as string, `${name}.png`) });
}

async function visit(page: Page, gateway: HeadlessProgram, place: string): Promise<void> {
  await page.goto(`${gateway.url}/#${place}`);
  await wait(700);
}

async function walk(page: Page, gateway: HeadlessProgram, tag: string, state: string): Promise<void> {
  const [small, normal] = [
    { width: 400, height: 720 },
    { width: 1080, height: 720 },
  ];
  await page.setViewportSize({ width: 1080, height: 1080 });
  await visit(page, gateway, '/');
  await wait(1500);
  await shoot(page, `${tag}-overview`);
  await page.setViewportSize(small);
  await shoot(page, `${tag}-overview-narrow`);
  await page.setViewportSize(normal);
  for (const place of ['endpoints', 'models', 'keys', 'requests', 'connect', 'settings']) {
    await visit(page, gateway, `/${place}`);
    await shoot(page, `${tag}-${place}`);
    if (state === 'empty') continue;
    await page.setViewportSize(small);
    await shoot(page, `${tag}-${place}-narrow`);
    await page.setViewportSize(normal);
  }
  await visit(page, gateway, '/endpoints/new');
  await shoot(page, `${tag}-endpoints-pick`);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^OpenAI/ })
    .click();
  await shoot(page, `${tag}-endpoints-form`);
  await visit(page, gateway, '/');
  await visit(page, gateway, '/endpoints/new');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Azure/ })
    .click();
  await shoot(page, `${tag}-endpoints-azure`);
  await page.locator('summary').click();
  await page.getByRole('switch').last().scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 2000);
  await shoot(page, `${tag}-endpoints-repairs`);
  await visit(page, gateway, '/');
  await visit(page, gateway, '/endpoints/new');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^on-demand/ })
    .click();
  await shoot(page, `${tag}-endpoints-ondemand`);
  if (state === 'empty') return;
  await visit(page, gateway, '/models/gpt-4o');
  await shoot(page, `${tag}-models-open`);
  for (const client of ['cherryStudio', 'nextChat', 'codex']) {
    await visit(page, gateway, `/connect/${client}`);
    await shoot(page, `${tag}-connect-${client}`);
  }
  await visit(page, gateway, '/');
  await page.getByRole('radiogroup').locator('label').nth(1).click();
  await shoot(page, `${tag}-overview-hour`);
  await visit(page, gateway, '/endpoints/openai-main');
  await shoot(page, `${tag}-endpoints-open`);
  await page
    .getByRole('button', { name: /^Azure 东亚/ })
    .first()
    .click();
  await shoot(page, `${tag}-endpoints-open-azure`);
  await visit(page, gateway, '/endpoints/on-demand-io');
  await shoot(page, `${tag}-endpoints-open-ondemand`);
  await page.getByRole('button', { name: /^(Add accounts|添加账户)$/ }).click();
  await shoot(page, `${tag}-endpoints-add-accounts`);
  await visit(page, gateway, '/requests');
  const row = page.getByRole('option').filter({ hasText: state === 'broken' ? /gpt-4o(?!-)/ : /gpt-4/ });
  await row.first().click();
  await shoot(page, `${tag}-requests-open`);
  await page.getByRole('option').filter({ hasText: 'Anthropic' }).first().click();
  await page
    .locator('aside')
    .getByRole('button', { name: /^(Repaired|已修正)$/ })
    .first()
    .hover();
  await shoot(page, `${tag}-requests-repaired`);
  await visit(page, gateway, '/keys');
  await page
    .locator('main button')
    .filter({ hasText: /Create key|新建密钥/ })
    .first()
    .click();
  await shoot(page, `${tag}-keys-form`);
}

async function walkAll(browser: Browser, state: string): Promise<void> {
  const gateway = await startHeadless();
  const seeded = state === 'empty' ? null : await seedGateway(gateway, { broken: state === 'broken' });
  const rest = seeded ? keepBusy(seeded) : async () => undefined;
  if (seeded) await wait(20_000);
  for (const language of languageList.split(',')) {
    for (const theme of themeList.split(',')) {
      await gateway.control('PATCH', '/settings', { ui: { language, theme: 'system' } });
      const { page, complaints, close } = await openPage(browser, {
        locale: language,
        colorScheme: theme as 'light' | 'dark',
      });
      await page.addInitScript((token) => sessionStorage.setItem('sluice.token', token), gateway.token);
      if (state === 'empty') {
        await page.addInitScript(() => sessionStorage.removeItem('sluice.token'));
        await page.setViewportSize({ width: 1080, height: 720 });
        await page.goto(`${gateway.url}/`);
        await shoot(page, `${state}-${language}-${theme}-signIn`);
        await page.addInitScript((token) => sessionStorage.setItem('sluice.token', token), gateway.token);
        await page.reload();
      }
      await walk(page, gateway, `${state}-${language}-${theme}`, state);
      if (complaints.length > 0)
        process.stdout.write(`${state} ${language} ${theme}: ${complaints.join('\n')}\n`);
      await close();
    }
  }
  await rest();
  await seeded?.close();
  await gateway.stop();
}

/** A bare Linux draws `system-ui` in its widest font; the pictures are to look as on a desktop. */
function desktopFonts(): Record<string, string> {
  const file = path.join(dir as string, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>
    ${['system-ui', 'sans', 'sans-serif', 'DejaVu Sans']
      .map(
        (family) => `<match target="pattern"><test name="family"><string>${family}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Liberation Sans</string></edit></match>`,
      )
      .join('')}</fontconfig>`,
  );
  return { FONTCONFIG_FILE: file };
}

const browser = await launchChromium(desktopFonts());
try {
  for (const state of stateList.split(',')) await walkAll(browser, state);
} finally {
  await browser.close();
}
process.exit(0);
