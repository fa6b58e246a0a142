// The tray's menu for a state, as data. Pure: what an item does is named, not done.
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
  | 'retry'
  | 'quit'
  | 'quitNow';

export type TrayItem =
  | { type: 'separator' }
  | { type: 'text'; label: string }
  | { type: 'action'; label: string; action: TrayAction }
  | { type: 'switch'; label: string; checked: boolean; enabled: boolean; action: TrayAction };

const separator: TrayItem = { type: 'separator' };

export function trayMenu(facts: TrayFacts, words: Words): TrayItem[] {
  if (facts.quitting) return quittingMenu(facts, words);
  const quit: TrayItem = { type: 'action', label: words.quit, action: 'quit' };
  const headline: TrayItem = { type: 'text', label: stateText(facts, words) };
  if (facts.failure !== null) {
    const retry: TrayItem = { type: 'action', label: words.tryAgain, action: 'retry' };
    return [headline, { type: 'text', label: facts.failure }, separator, retry, separator, quit];
  }
  if (facts.gateway === null) return [headline, separator, quit];
  // Some panels of Linux tell of no click on the icon; the small window is reached from here then.
  const openPanel: TrayItem = { type: 'action', label: words.openPanel, action: 'openPanel' };
  const openWindow: TrayItem = { type: 'action', label: words.openWindow, action: 'openWindow' };
  return [
    headline,
    ...problemItems(facts, words),
    gatewaySwitch(facts.gateway, words),
    ...addressItems(facts.gateway, words),
    separator,
    openPanel,
    openWindow,
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

/** Where a problem is mended is the window. */
function problemItems(facts: TrayFacts, words: Words): TrayItem[] {
  const texts = new Set(graveProblems(facts).map((problem) => problemText(problem, words)));
  return [...texts].map((label) => ({ type: 'action', label, action: 'openWindow' }));
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
