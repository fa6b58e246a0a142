// The tray's menu for a state, as data. Pure: what an item does is named, not done.
import { type Strategy, strategies } from '../contract/schemas/settings.ts';
import type { SpendingInput } from '../contract/schemas/spending.ts';
import { endpointsMenu, spendingMenu, todayLine } from './trayChoices.ts';
import { graveProblems, stateText, type TrayFacts } from './trayState.ts';
import { problemText, type Words } from './words.ts';

export type TrayAction =
  | 'start'
  | 'stop'
  | 'copyAddress'
  /** What a click on the icon means: the small window opens, or closes. */
  | 'togglePanel'
  | 'openPanel'
  | 'openWindow'
  | 'checkForUpdates'
  | 'retry'
  | 'quit'
  | 'quitNow'
  /** The full window, at a place in it. */
  | { open: string }
  | TrayChange;

/** What is set by an operation. */
export type TrayChange =
  | { set: 'strategy'; strategy: Strategy }
  | { set: 'spending'; spending: SpendingInput }
  | { set: 'endpoint'; id: string; enabled: boolean }
  | { set: 'port'; port: number };

export type TrayItem =
  | { type: 'separator' }
  | { type: 'text'; label: string }
  | { type: 'action'; label: string; action: TrayAction }
  | { type: 'switch'; label: string; checked: boolean; enabled: boolean; action: TrayAction }
  /** One of those beside it, of which exactly one is checked. */
  | { type: 'choice'; label: string; checked: boolean; action: TrayAction }
  | { type: 'menu'; label: string; items: TrayItem[] };

const separator: TrayItem = { type: 'separator' };

export function trayMenu(facts: TrayFacts, words: Words): TrayItem[] {
  if (facts.quitting) return quittingMenu(facts, words);
  const quit: TrayItem = { type: 'action', label: words.quit, action: 'quit' };
  const headline: TrayItem = { type: 'text', label: stateText(facts, words) };
  if (facts.failure !== null) {
    const retry: TrayItem = { type: 'action', label: words.tryAgain, action: 'retry' };
    return [headline, { type: 'text', label: facts.failure }, separator, retry, separator, quit];
  }
  const { gateway } = facts;
  if (gateway === null) return [headline, separator, quit];
  return [
    headline,
    ...problemItems(facts, words),
    gatewaySwitch(gateway, words),
    ...addressItems(gateway, words),
    separator,
    strategyMenu(facts, words),
    spendingMenu(gateway.spending, facts.endpoints, words),
    ...endpointsMenu(facts.endpoints, words),
    ...(facts.today ? [{ type: 'text', label: todayLine(facts.today, words) } as const] : []),
    separator,
    ...doors(facts, words),
    separator,
    quit,
  ];
}

function gatewaySwitch(gateway: NonNullable<TrayFacts['gateway']>, words: Words): TrayItem {
  const on = gateway.state === 'on' || gateway.state === 'starting';
  return {
    type: 'switch',
    label: words.switch,
    checked: on,
    enabled: gateway.state !== 'starting' && gateway.state !== 'stopping',
    action: on ? 'stop' : 'start',
  };
}

function addressItems(gateway: NonNullable<TrayFacts['gateway']>, words: Words): TrayItem[] {
  if (gateway.address === null) return [];
  return [
    separator,
    { type: 'text', label: gateway.address },
    { type: 'action', label: words.copyAddress, action: 'copyAddress' },
  ];
}

/** Where a problem is mended is the window; another port can be taken from here. */
function problemItems(facts: TrayFacts, words: Words): TrayItem[] {
  const problems = graveProblems(facts);
  const texts = new Set(problems.map((problem) => problemText(problem, words)));
  const next = problems.find(({ code }) => code === 'port-taken')?.details.next;
  const move: TrayItem[] = next
    ? [{ type: 'action', label: words.moveToPort(next), action: { set: 'port', port: Number(next) } }]
    : [];
  return [...[...texts].map((label): TrayItem => ({ type: 'action', label, action: 'openWindow' })), ...move];
}

function strategyMenu({ strategy }: TrayFacts, words: Words): TrayItem {
  const choice = (name: Strategy): TrayItem => ({
    type: 'choice',
    label: words.strategies[name],
    checked: name === strategy,
    action: { set: 'strategy', strategy: name },
  });
  return { type: 'menu', label: words.strategy, items: strategies.map(choice) };
}

/** Some panels of Linux tell of no click on the icon; the small window is reached from here then. */
function doors({ mayUpdate }: TrayFacts, words: Words): TrayItem[] {
  const door = (label: string, action: TrayAction): TrayItem => ({ type: 'action', label, action });
  return [
    door(words.connect, { open: '/connect' }),
    door(words.openPanel, 'openPanel'),
    door(words.openWindow, 'openWindow'),
    door(words.logs, { open: '/settings/logs' }),
    ...(mayUpdate ? [door(words.checkForUpdates, 'checkForUpdates')] : []),
  ];
}

function quittingMenu(facts: TrayFacts, words: Words): TrayItem[] {
  const running = facts.gateway?.inFlight ?? 0;
  return [
    { type: 'text', label: words.state.stopping },
    ...(running > 0 ? [{ type: 'text', label: words.running(running) } as const] : []),
    separator,
    { type: 'action', label: words.quitNow, action: 'quitNow' },
  ];
}
