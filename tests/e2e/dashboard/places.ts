// Every page of the dashboard and what opens on it, for the tests of access and for the pictures.
import type { Page } from 'playwright-core';
import { crowdedPlaces } from './crowdedPlaces.ts';
import type { HeadlessProgram } from './headlessProgram.ts';
import type { DesktopFacts } from './playDesktop.ts';

/**
 * `empty`: a new gateway. `busy`: traffic and no trouble. `broken`: upstreams that refuse, fail and limit. `crowded`: much of
 * everything, and all that can be wrong.
 */
export type GatewayState = 'empty' | 'busy' | 'broken' | 'crowded';

/** What a place is reached in. */
export interface Stage {
  gateway: HeadlessProgram;
  /** The recorded request with most to tell. */
  requestId?: string | undefined;
  desktop?: { facts: DesktopFacts };
}

export interface Place {
  name: string;
  /** What stands behind the `#`. */
  path: string;
  /** Where there is nothing to open in an empty gateway. */
  states?: readonly GatewayState[];
  /** Also shown at the tray window's width. */
  narrow?: boolean;
  /** In the address `REQUEST` stands for a recorded request's id, `REQUEST:model` for that of the newest one for a model. */
  open?(page: Page): Promise<unknown>;
  /** Before the page is loaded, e.g. to hold an answer back. */
  before?(page: Page): Promise<unknown>;
  /** Shown in a desktop's window, which is told this. */
  desktop?: DesktopFacts;
  /** Made of what other places show too: it is looked at, and not asked again who it bars. */
  drawnOnly?: boolean;
  /** What is shown is that nothing comes. */
  waits?: boolean;
  height?: number;
  /** Where it is always so wide; the others are as wide as a desktop's window. */
  width?: number;
}

const filled = ['busy', 'broken'] as const;

export const places: readonly Place[] = [
  { name: 'overview', path: '/', narrow: true, height: 1080 },
  { name: 'tray', path: '/tray', width: 400, height: 620 },
  { name: 'endpoints', path: '/endpoints', narrow: true },
  { name: 'endpoints-open', path: '/endpoints/openai-main', states: filled },
  { name: 'endpoints-add', path: '/endpoints/new', states: ['empty', 'busy'] },
  {
    name: 'endpoints-form',
    path: '/endpoints/new',
    states: ['empty'],
    open: (page) =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: /^OpenAI/ })
        .first()
        .click(),
  },
  { name: 'models', path: '/models', narrow: true },
  { name: 'models-open', path: '/models/gpt-4o', states: filled },
  { name: 'keys', path: '/keys', narrow: true },
  {
    name: 'keys-form',
    path: '/keys/new',
    states: ['busy'],
    open: (page) => page.getByRole('dialog').waitFor(),
  },
  { name: 'requests', path: '/requests', narrow: true },
  { name: 'requests-open', path: '/requests/REQUEST', states: filled },
  { name: 'connect', path: '/connect', narrow: true },
  { name: 'connect-link', path: '/connect/cherryStudio', states: ['busy'] },
  { name: 'connect-lines', path: '/connect/codex', states: ['busy'] },
  { name: 'settings', path: '/settings', narrow: true },
  {
    name: 'palette',
    path: '/',
    states: ['busy'],
    open: (page) => page.keyboard.press('Control+k').then(() => page.getByRole('option').first().waitFor()),
  },
  {
    name: 'shortcuts',
    path: '/connect',
    states: ['busy'],
    open: (page) => page.keyboard.press('?').then(() => page.getByRole('dialog').waitFor()),
  },
];

export function placesIn(state: GatewayState): readonly Place[] {
  if (state === 'crowded') return crowdedPlaces;
  return places.filter(({ states }) => !states || states.includes(state));
}

async function pathOf({ path }: Place, { gateway, requestId }: Stage): Promise<string> {
  const [, model] = /REQUEST:([\w-]+)/.exec(path) ?? [];
  if (!model) return path.replace('REQUEST', requestId ?? '');
  const { records } = await gateway.control<{ records: { id: string }[] }>(
    'GET',
    `/records?limit=1&model=${model}`,
  );
  return path.replace(/REQUEST:[\w-]+/, records[0]?.id ?? '');
}

/** Goes there anew, so that nothing of an earlier place is open, and waits until it stands. */
export async function goTo(page: Page, stage: Stage, place: Place): Promise<void> {
  // The same document with another hash would keep what is open.
  await page.goto('about:blank');
  await page.unrouteAll();
  await place.before?.(page);
  if (stage.desktop) stage.desktop.facts = place.desktop ?? {};
  const search = place.desktop ? '?desktop' : '';
  await page.goto(`${stage.gateway.url}/${search}#${await pathOf(place, stage)}`);
  if (!place.waits) {
    await page.locator('main h1').first().waitFor();
    await page.waitForFunction(() => !document.querySelector('main [data-loading]'));
  }
  await place.open?.(page);
}
