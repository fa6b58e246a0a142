import { expect, test } from 'vitest';
import { strategies } from '../../../main/contract/schemas/settings.ts';
import type { SpendingMode } from '../../../main/contract/schemas/spending.ts';
import type { GatewayStatus, Problem } from '../../../main/contract/schemas/views.ts';
import { type TrayAction, type TrayItem, trayMenu } from '../../../main/desktop/trayMenu.ts';
import {
  noFacts,
  type TrayEndpoint,
  type TrayFacts,
  trayLook,
  trayTooltip,
} from '../../../main/desktop/trayState.ts';
import { wordsFor } from '../../../main/desktop/words.ts';

const en = wordsFor('en', 'zh-CN');
const zh = wordsFor('zh-CN', 'en-US');
const languages = [
  ['en', en],
  ['zh-CN', zh],
] as const;
const states: GatewayStatus['state'][] = ['on', 'off', 'starting', 'stopping', 'failed'];
const address = 'http://localhost:8282/v1';

function factsOf(
  state: GatewayStatus['state'],
  change: Partial<NonNullable<TrayFacts['gateway']>> = {},
): TrayFacts {
  return {
    ...noFacts,
    gateway: {
      state,
      address: state === 'on' ? address : null,
      inFlight: 0,
      problems: [],
      spending: { mode: 'normal' },
      ...change,
    },
  };
}

function problem(code: Problem['code'], details: Record<string, string> = {}): Problem {
  return { id: code, code, message: `in English only: ${code}`, details, since: 0 };
}

const label = (item: TrayItem): string => (item.type === 'separator' ? '—' : item.label);
const find = (items: TrayItem[], type: TrayItem['type']) => items.filter((item) => item.type === type);

/** What opens from the item of this name. */
function inside(items: TrayItem[], name: string): TrayItem[] {
  const found = items.find((item) => item.type === 'menu' && item.label === name);
  if (found?.type !== 'menu') throw new Error(`no menu "${name}" in ${items.map(label).join(', ')}`);
  return found.items;
}

/** Every item there is, those that open from others as well. */
const all = (items: TrayItem[]): TrayItem[] =>
  items.flatMap((item) => (item.type === 'menu' ? [item, ...all(item.items)] : [item]));

const marked = (items: TrayItem[]): string[] =>
  items.filter((item) => 'checked' in item && item.checked).map(label);

const groq: TrayEndpoint = { id: 'groq', name: 'Groq', enabled: true, health: 'ready' };
const local: TrayEndpoint = { id: 'local', name: '', enabled: false, health: 'off' };
const half: TrayEndpoint = { id: 'half', name: 'R&D', enabled: true, health: 'partial' };
const down: TrayEndpoint = { id: 'down', name: 'DeepSeek', enabled: true, health: 'down' };

test('the language is the user’s, else the system’s', () => {
  expect(wordsFor('auto', 'zh-Hans-CN')).toBe(zh);
  expect(wordsFor('auto', 'zh-TW')).toBe(zh);
  expect(wordsFor('auto', 'de-DE')).toBe(en);
  expect(wordsFor('auto', '')).toBe(en);
});

test('both languages say everything', () => {
  const sample = (words: object): string[] =>
    Object.entries(words).flatMap(([name, value]) => {
      if (typeof value === 'string') return [name];
      return typeof value === 'object' ? sample(value).map((inner) => `${name}.${inner}`) : [name];
    });
  expect(sample(zh)).toEqual(sample(en));
  expect(JSON.stringify(zh)).not.toMatch(/[a-z] ?[，。]|请您/);
});

test.each(languages)('%s: on', (_name, words) => {
  expect(trayMenu(factsOf('on'), words)).toEqual([
    { type: 'text', label: words.state.on },
    { type: 'switch', label: words.switch, checked: true, enabled: true, action: 'stop' },
    { type: 'separator' },
    { type: 'text', label: address },
    { type: 'action', label: words.copyAddress, action: 'copyAddress' },
    { type: 'separator' },
    expect.objectContaining({ type: 'menu', label: words.strategy }),
    expect.objectContaining({ type: 'menu', label: words.spending.label(words.spending.normal) }),
    { type: 'separator' },
    { type: 'action', label: words.connect, action: { open: '/connect' } },
    { type: 'action', label: words.openPanel, action: 'openPanel' },
    { type: 'action', label: words.openWindow, action: 'openWindow' },
    { type: 'action', label: words.logs, action: { open: '/settings/logs' } },
    { type: 'separator' },
    { type: 'action', label: words.quit, action: 'quit' },
  ]);
});

test.each(languages)('%s: off has no address to copy', (_name, words) => {
  const items = trayMenu(factsOf('off'), words);
  expect(items.map(label)).toEqual([
    words.state.off,
    words.switch,
    '—',
    words.strategy,
    words.spending.label(words.spending.normal),
    '—',
    words.connect,
    words.openPanel,
    words.openWindow,
    words.logs,
    '—',
    words.quit,
  ]);
  expect(find(items, 'switch')).toEqual([
    { type: 'switch', label: words.switch, checked: false, enabled: true, action: 'start' },
  ]);
});

test.each(languages)('%s: on its way it can’t be switched', (_name, words) => {
  expect(find(trayMenu(factsOf('starting'), words), 'switch')).toMatchObject([
    { checked: true, enabled: false },
  ]);
  expect(find(trayMenu(factsOf('stopping'), words), 'switch')).toMatchObject([
    { checked: false, enabled: false },
  ]);
});

test.each(languages)('%s: a taken port is named and can be tried again', (_name, words) => {
  const items = trayMenu(factsOf('failed', { problems: [problem('port-taken', { port: '8282' })] }), words);
  expect(items.slice(0, 3)).toEqual([
    { type: 'text', label: words.state.failed },
    { type: 'action', label: words.portTaken('8282'), action: 'openWindow' },
    { type: 'switch', label: words.switch, checked: false, enabled: true, action: 'start' },
  ]);
});

test.each(languages)('%s: the same problem is told once, a mild one not at all', (_name, words) => {
  const problems = [
    problem('secret-missing', { account: 'a' }),
    { ...problem('secret-missing', { account: 'b' }), id: 'other' },
    problem('vault-memory'),
    problem('origin-waiting'),
    problem('exposed'),
  ];
  const facts = factsOf('on', { problems });
  expect(trayMenu(facts, words).map(label).slice(0, 3)).toEqual([
    words.state.on,
    words.problems['secret-missing'],
    words.switch,
  ]);
  expect(trayLook(facts)).toBe('trouble');
  expect(trayLook(factsOf('on', { problems: problems.slice(2) }))).toBe('on');
});

test.each(languages)('%s: before the core is up, and when it can’t come up', (_name, words) => {
  const waiting: TrayFacts = noFacts;
  expect(trayMenu(waiting, words).map(label)).toEqual([words.state.starting, '—', words.quit]);
  expect(trayLook(waiting)).toBe('off');
  const failed = { ...waiting, failure: 'the data folder is in use' };
  expect(trayMenu(failed, words)).toEqual([
    { type: 'text', label: words.state.broken },
    { type: 'text', label: 'the data folder is in use' },
    { type: 'separator' },
    { type: 'action', label: words.tryAgain, action: 'retry' },
    { type: 'separator' },
    { type: 'action', label: words.quit, action: 'quit' },
  ]);
  expect(trayLook(failed)).toBe('trouble');
});

test.each(languages)('%s: while it quits the only choice is to do so now', (_name, words) => {
  const quitting = { ...factsOf('stopping', { inFlight: 2 }), quitting: true };
  expect(trayMenu(quitting, words).map(label)).toEqual([
    words.state.stopping,
    words.running(2),
    '—',
    words.quitNow,
  ]);
  expect(trayMenu({ ...factsOf('stopping'), quitting: true }, words).map(label)).toEqual([
    words.state.stopping,
    '—',
    words.quitNow,
  ]);
  expect(words.running(1)).not.toBe(words.running(2));
});

test('the picture tells the state', () => {
  expect(states.map((state) => trayLook(factsOf(state)))).toEqual(['on', 'off', 'off', 'off', 'trouble']);
  expect(trayLook(factsOf('on', { inFlight: 3 }))).toBe('busy');
  expect(trayLook(factsOf('stopping', { inFlight: 3 }))).toBe('busy');
  expect(trayLook({ ...factsOf('on', { inFlight: 3 }), quitting: true })).toBe('off');
  expect(trayLook(factsOf('on', { inFlight: 3, problems: [problem('usage-store')] }))).toBe('trouble');
});

test.each(languages)('%s: the tooltip says state, address and rate', (_name, words) => {
  const busy = { ...factsOf('on'), requestsPerMinute: 12 };
  expect(trayTooltip(busy, words)).toBe(`Sluice · ${words.state.on}\n${address} · ${words.perMinute(12)}`);
  expect(trayTooltip(factsOf('off'), words)).toBe(`Sluice · ${words.state.off}`);
  const failed = factsOf('failed', { problems: [problem('port-taken', { port: '80' })] });
  expect(trayTooltip(failed, words)).toBe(`Sluice · ${words.state.failed}\n${words.portTaken('80')}`);
});

test.each(languages)('%s: a port that is free is offered for one that is not', (_name, words) => {
  const taken = problem('port-taken', { port: '8282', next: '8283' });
  expect(trayMenu(factsOf('failed', { problems: [taken] }), words).slice(1, 3)).toEqual([
    { type: 'action', label: words.portTaken('8282'), action: 'openWindow' },
    { type: 'action', label: words.moveToPort('8283'), action: { set: 'port', port: 8283 } },
  ]);
  const reserved = problem('port-taken', { port: '50080', reserved: 'yes' });
  expect(trayMenu(factsOf('failed', { problems: [reserved] }), words).map(label)[1]).toBe(
    words.portReserved('50080'),
  );
});

test.each(languages)('%s: of the strategies the one in force is marked', (_name, words) => {
  for (const strategy of strategies) {
    const items = inside(trayMenu({ ...factsOf('on'), strategy }, words), words.strategy);
    expect(items).toHaveLength(6);
    expect(marked(items)).toEqual([words.strategies[strategy]]);
    expect(items.find((item) => label(item) === words.strategies[strategy])).toMatchObject({
      type: 'choice',
      action: { set: 'strategy', strategy },
    });
  }
});

const at2140 = new Date(2027, 2, 3, 21, 40).getTime();
const midnight = new Date(2027, 2, 3, 0, 5).getTime();
const modes: [
  mode: SpendingMode,
  shown: (words: typeof en) => string,
  mark: (words: typeof en) => string[],
][] = [
  [{ mode: 'normal' }, ({ spending }) => spending.normal, ({ spending }) => [spending.normal]],
  [{ mode: 'free' }, ({ spending }) => spending.free, ({ spending }) => [spending.free]],
  [
    { mode: 'endpoint', endpointId: 'groq', until: at2140 },
    ({ spending }) => spending.alone('Groq', '21:40'),
    () => ['Groq'],
  ],
  [{ mode: 'paused', until: midnight }, ({ spending }) => spending.pausedUntil('00:05'), () => []],
  [
    { mode: 'paused', until: null },
    ({ spending }) => spending.paused,
    ({ spending }) => [spending.untilResumed],
  ],
];

test.each(languages)(
  '%s: the spending mode in force is told, and any other is a click away',
  (_name, words) => {
    for (const [spending, shown, mark] of modes) {
      const facts = { ...factsOf('on', { spending }), endpoints: [groq, local] };
      const items = inside(trayMenu(facts, words), words.spending.label(shown(words)));
      expect(marked(all(items))).toEqual(mark(words));
      const actions = all(items).flatMap((item): TrayAction[] => ('action' in item ? [item.action] : []));
      expect(actions).toEqual([
        { set: 'spending', spending: { mode: 'normal' } },
        { set: 'spending', spending: { mode: 'free' } },
        // One that is off could not answer.
        { set: 'spending', spending: { mode: 'endpoint', endpointId: 'groq', minutes: 60 } },
        { set: 'spending', spending: { mode: 'paused', minutes: 15 } },
        { set: 'spending', spending: { mode: 'paused', minutes: 60 } },
        { set: 'spending', spending: { mode: 'paused' } },
      ]);
    }
  },
);

test.each(languages)('%s: each endpoint has its health and a switch', (_name, words) => {
  const facts = { ...factsOf('on'), endpoints: [groq, half, down, local] };
  expect(inside(trayMenu(facts, words), words.endpoints)).toEqual(
    [
      { label: '● Groq', checked: true, action: { set: 'endpoint', id: 'groq', enabled: false } },
      {
        label: `◐ R&&D · ${words.health.partial}`,
        checked: true,
        action: { set: 'endpoint', id: 'half', enabled: false },
      },
      {
        label: `▲ DeepSeek · ${words.health.down}`,
        checked: true,
        action: { set: 'endpoint', id: 'down', enabled: false },
      },
      {
        label: `○ local · ${words.health.off}`,
        checked: false,
        action: { set: 'endpoint', id: 'local', enabled: true },
      },
    ].map((item) => ({ type: 'switch', enabled: true, ...item })),
  );
});

test.each(languages)(
  '%s: of many endpoints the first twelve are here, the others in the window',
  (_name, words) => {
    const endpoints = Array.from({ length: 15 }, (_, at) => ({ ...groq, id: `e${at}`, name: `E${at}` }));
    const items = inside(trayMenu({ ...factsOf('on'), endpoints }, words), words.endpoints);
    expect(find(items, 'switch')).toHaveLength(12);
    expect(items.at(-1)).toEqual({
      type: 'action',
      label: words.endpointMore(3),
      action: { open: '/endpoints' },
    });
    const long = { ...groq, name: 'x'.repeat(200) };
    for (const item of all(trayMenu({ ...factsOf('on'), endpoints: [long] }, words)))
      expect(label(item).length).toBeLessThan(80);
  },
);

test('today is one line, without a price where nothing had one', () => {
  const today = { requests: 1204, inputTokens: 3_000_000, outputTokens: 100_000, costUsd: 4.123 };
  const line = (facts: Partial<TrayFacts>, words: typeof en) =>
    find(trayMenu({ ...factsOf('on'), ...facts }, words), 'text')
      .map(label)
      .at(-1);
  expect(line({ today }, en)).toBe('Today: 1,204 requests · 3.1M tokens · $4.12');
  expect(line({ today: { ...today, costUsd: 0 } }, en)).toBe('Today: 1,204 requests · 3.1M tokens');
  expect(line({ today }, zh)).toContain('310万');
});

test.each(languages)('%s: updates can be asked for where there are any', (_name, words) => {
  const shown = (mayUpdate: boolean) => trayMenu({ ...factsOf('on'), mayUpdate }, words).map(label);
  expect(shown(false)).not.toContain(words.checkForUpdates);
  expect(shown(true)).toContain(words.checkForUpdates);
});

test('offline is trouble that everybody sees', () => {
  const facts = factsOf('on', { problems: [problem('offline')] });
  expect(trayLook(facts)).toBe('trouble');
  expect(trayTooltip(facts, en)).toContain(en.problems.offline);
});

test.each(states)(
  '%s: in each language the menu has the same shape, no empty label and none twice in a row',
  (state) => {
    const facts: TrayFacts = {
      ...factsOf(state, { problems: [problem('port-taken', { port: '1', next: '2' })] }),
      endpoints: [groq, half, down, local],
      today: { requests: 1, inputTokens: 1, outputTokens: 1, costUsd: 0 },
      mayUpdate: true,
    };
    const shape = (words: typeof en) => all(trayMenu(facts, words)).map(({ type }) => type);
    expect(shape(zh)).toEqual(shape(en));
    for (const [, words] of languages) {
      const items = trayMenu(facts, words);
      for (const item of all(items)) expect(label(item).trim()).not.toBe('');
      items.forEach((item, at) => {
        if (item.type === 'separator') expect(items[at + 1]?.type).not.toBe('separator');
      });
    }
  },
);
