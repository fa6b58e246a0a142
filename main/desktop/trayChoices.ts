// The parts of the tray's menu that are made of what is configured: spending modes, endpoints, and what today came to. Pure.
import type { SpendingInput, SpendingMode } from '../contract/schemas/spending.ts';
import type { TrayItem } from './trayMenu.ts';
import type { TrayEndpoint, TrayToday } from './trayState.ts';
import type { Words } from './words.ts';

/** A menu of more is no menu; the window shows the rest. */
const mostEndpoints = 12;
/** Names are people's own, and menus as wide as their widest item. */
const longestName = 40;
const hourMinutes = 60;

/** As in the window: what is wrong is a shape and a word, not a colour. */
const marks: Record<TrayEndpoint['health'], string> = { ready: '●', partial: '◐', down: '▲', off: '○' };

function nameOf({ id, name }: TrayEndpoint): string {
  const shown = name || id;
  // A single `&` names the item's key on some systems.
  const text = shown.length > longestName ? `${shown.slice(0, longestName - 1)}…` : shown;
  return text.replaceAll('&', '&&');
}

function timeOf(ms: number, { locale }: Words): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);
}

function modeText(mode: SpendingMode, endpoints: readonly TrayEndpoint[], words: Words): string {
  const { spending } = words;
  if (mode.mode === 'paused')
    return mode.until === null ? spending.paused : spending.pausedUntil(timeOf(mode.until, words));
  if (mode.mode !== 'endpoint') return spending[mode.mode];
  const endpoint = endpoints.find(({ id }) => id === mode.endpointId);
  return spending.alone(endpoint ? nameOf(endpoint) : mode.endpointId, timeOf(mode.until, words));
}

export function spendingMenu(mode: SpendingMode, endpoints: readonly TrayEndpoint[], words: Words): TrayItem {
  const { spending } = words;
  // Systems mark the first of a group of choices where none is in force; a mode may be set in another group.
  const choice = (label: string, checked: boolean, input: SpendingInput): TrayItem => ({
    type: 'switch',
    label,
    checked,
    enabled: true,
    action: { set: 'spending', spending: input },
  });
  const alone = endpoints
    .filter(({ enabled, id }) => enabled || (mode.mode === 'endpoint' && mode.endpointId === id))
    .slice(0, mostEndpoints)
    .map((endpoint) => {
      const chosen = mode.mode === 'endpoint' && mode.endpointId === endpoint.id;
      const input = { mode: 'endpoint', endpointId: endpoint.id, minutes: hourMinutes } as const;
      return choice(nameOf(endpoint), chosen, input);
    });
  const forever = mode.mode === 'paused' && mode.until === null;
  return {
    type: 'menu',
    label: spending.label(modeText(mode, endpoints, words)),
    items: [
      choice(spending.normal, mode.mode === 'normal', { mode: 'normal' }),
      choice(spending.free, mode.mode === 'free', { mode: 'free' }),
      ...(alone.length > 0
        ? [{ type: 'menu', label: spending.oneForAnHour, items: alone } satisfies TrayItem]
        : []),
      {
        type: 'menu',
        label: spending.pause,
        items: [
          choice(spending.for15, false, { mode: 'paused', minutes: 15 }),
          choice(spending.for60, false, { mode: 'paused', minutes: hourMinutes }),
          choice(spending.untilResumed, forever, { mode: 'paused' }),
        ],
      },
    ],
  };
}

/** Nothing where there are no endpoints. */
export function endpointsMenu(endpoints: readonly TrayEndpoint[], words: Words): TrayItem[] {
  if (endpoints.length === 0) return [];
  const items = endpoints.slice(0, mostEndpoints).map((endpoint): TrayItem => {
    const { id, enabled, health } = endpoint;
    const standing = words.health[health];
    return {
      type: 'switch',
      label: `${marks[health]} ${nameOf(endpoint)}${standing === '' ? '' : ` · ${standing}`}`,
      checked: enabled,
      enabled: true,
      action: { set: 'endpoint', id, enabled: !enabled },
    };
  });
  const left = endpoints.length - items.length;
  if (left > 0)
    items.push(
      { type: 'separator' },
      { type: 'action', label: words.endpointMore(left), action: { open: '/endpoints' } },
    );
  return [{ type: 'menu', label: words.endpoints, items }];
}

export function todayLine({ requests, inputTokens, outputTokens, costUsd }: TrayToday, words: Words): string {
  const { locale } = words;
  const tokens = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const usd = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  });
  return words.today(
    new Intl.NumberFormat(locale).format(requests),
    tokens.format(inputTokens + outputTokens),
    costUsd > 0 ? usd.format(costUsd) : null,
  );
}
