import { expect, test } from 'vitest';
import type { GatewayStatus, Problem } from '../../../main/contract/schemas/views.ts';
import { type TrayItem, trayMenu } from '../../../main/desktop/trayMenu.ts';
import { type TrayFacts, trayLook, trayTooltip } from '../../../main/desktop/trayState.ts';
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
    gateway: { state, address: state === 'on' ? address : null, inFlight: 0, problems: [], ...change },
    failure: null,
    requestsPerMinute: 0,
    quitting: false,
  };
}

function problem(code: Problem['code'], details: Record<string, string> = {}): Problem {
  return { id: code, code, message: `in English only: ${code}`, details, since: 0 };
}

const label = (item: TrayItem): string => (item.type === 'separator' ? '—' : item.label);
const find = (items: TrayItem[], type: TrayItem['type']) => items.filter((item) => item.type === type);

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
    { type: 'action', label: words.openPanel, action: 'openPanel' },
    { type: 'action', label: words.openWindow, action: 'openWindow' },
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
    words.openPanel,
    words.openWindow,
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
  const waiting: TrayFacts = { gateway: null, failure: null, requestsPerMinute: 0, quitting: false };
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
