// Asks axe-core what stands in the way of people who hear the page, use keys alone or see little contrast.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe?: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> };
  }
}

/** `serious color-contrast: .class "<html>" why`, for each finding of the impacts asked for. */
export async function findBarriers(
  page: Page,
  impacts: readonly string[] = ['moderate', 'serious', 'critical'],
): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    const results = await window.axe?.run(document as unknown as ElementContext, {
      resultTypes: ['violations'],
    });
    return (results?.violations ?? []).flatMap(({ id, impact, nodes }) =>
      nodes
        // What floats above the page for a moment, as a menu or a notice, belongs to none of its parts.
        .filter(
          ({ target }) =>
            id !== 'region' ||
            !document.querySelector(target.join(' '))?.closest('[data-portal], .mantine-Notifications-root'),
        )
        .map(({ html, target, any }) => ({
          id,
          impact: impact ?? 'minor',
          text: `${target.join(' ')} ${JSON.stringify(html.slice(0, 160))} ${any.map(({ message }) => message).join('; ')}`,
        })),
    );
  });
  return violations
    .filter(({ impact }) => impacts.includes(impact))
    .map(({ id, impact, text }) => `${impact} ${id}: ${text}`);
}
