import { expect, test } from 'vitest';
import type { AccountState } from '../../../../main/contract/schemas/views.ts';
import { noticeText } from '../../../../main/desktop/notices/noticeWords.ts';
import {
  mostAnHour,
  type Notice,
  type NoticeFacts,
  type NoticeHistory,
  notificationsFor,
} from '../../../../main/desktop/notices/notificationsFor.ts';

const none: NoticeHistory = { told: new Map() };
const hourMs = 3_600_000;
const unlimited = { rpd: -1, tpd: -1 };

function endpoint(states: AccountState[], used = 0, id = 'groq') {
  return {
    id,
    name: 'Groq',
    accounts: states.map((state, index) => ({
      id: `a${index + 1}`,
      name: '',
      state,
      used: { rpd: used, tpd: 0 },
      limits: { rpd: 100, tpd: -1 },
    })),
  };
}
const facts = (change: Partial<NoticeFacts> = {}): NoticeFacts => ({
  endpoints: [endpoint(['ready', 'ready'])],
  keys: [],
  day: 1,
  update: null,
  ...change,
});
const kinds = (before: NoticeFacts | null, after: NoticeFacts) =>
  notificationsFor(before, after, none, 0).notices.map(({ kind }) => kind);
const states = (...each: AccountState[]) => facts({ endpoints: [endpoint(each)] });

test.each<[AccountState[], string[]]>([
  [['refused', 'refused'], ['refused']],
  [['refused', 'exhausted'], ['exhausted']],
  [['refused', 'off'], ['refused']],
  [['refused', 'ready'], []],
  [['refused', 'cooling'], []],
  [['cooling', 'open'], []],
  [['off', 'off'], []],
  [['limited', 'limited'], []],
])('accounts that are %j are told as %j', (after, told) => {
  expect(kinds(facts(), states(...after))).toEqual(told);
});

test('it leads to the endpoint, and tells only what is new', () => {
  const out = states('refused', 'refused');
  expect(notificationsFor(facts(), out, none, 0).notices[0]).toEqual({
    kind: 'refused',
    endpoint: 'Groq',
    place: '/endpoints/groq',
  });
  expect(kinds(null, out)).toEqual([]);
  expect(kinds(out, out)).toEqual([]);
  expect(kinds(states('refused', 'refused'), states('refused', 'exhausted'))).toEqual([]);
});

test('one that comes and goes is told once an hour', () => {
  const out = states('refused', 'refused');
  const first = notificationsFor(facts(), out, none, 0);
  const soon = notificationsFor(facts(), out, first.history, hourMs / 2);
  expect(soon.notices).toEqual([]);
  expect(notificationsFor(facts(), out, soon.history, hourMs).notices).toHaveLength(1);
});

test('nine tenths of a daily limit are told once a day', () => {
  const used = (count: number, day = 1) => facts({ endpoints: [endpoint(['ready'], count)], day });
  expect(kinds(used(10), used(89))).toEqual([]);
  const told = notificationsFor(used(89), used(90), none, 0);
  expect(told.notices).toEqual([
    { kind: 'quota', name: 'Groq', percent: 90, of: 'rpd', place: '/endpoints/groq' },
  ]);
  // Raised, lowered and reached again.
  expect(notificationsFor(used(10), used(95), told.history, 2 * hourMs).notices).toEqual([]);
  expect(notificationsFor(used(0, 2), used(95, 2), told.history, 20 * hourMs).notices).toHaveLength(1);
});

test('a client key tells of its limit and of its budget', () => {
  const key = (spentUsd: number, tpd: number) =>
    facts({
      keys: [
        {
          id: 'ci',
          name: 'CI',
          spentUsd,
          budgetUsd: 5,
          used: { rpd: 0, tpd },
          limits: { ...unlimited, tpd: 1000 },
        },
      ],
    });
  const { notices } = notificationsFor(key(4.99, 0), key(5, 950), none, 0);
  expect(notices).toEqual([
    { kind: 'budget', name: 'CI', budgetUsd: 5, place: '/keys/ci' },
    { kind: 'quota', name: 'CI', percent: 95, of: 'tpd', place: '/keys/ci' },
  ]);
});

test('whatever happens, no more than a few an hour', () => {
  const many = (state: AccountState) =>
    facts({ endpoints: Array.from({ length: 20 }, (_, index) => endpoint([state], 0, `e${index}`)) });
  const first = notificationsFor(many('ready'), many('refused'), none, 0);
  expect(first.notices).toHaveLength(mostAnHour);
  const ready = facts({ update: '2.0.0' });
  expect(notificationsFor(facts(), ready, first.history, hourMs - 1).notices).toEqual([]);
  expect(notificationsFor(facts(), ready, first.history, hourMs).notices).toEqual([
    { kind: 'update', version: '2.0.0', place: '/settings/updates' },
  ]);
});

test('each is said in the user’s language', () => {
  const each: Notice[] = [
    { kind: 'refused', endpoint: 'Groq', place: '/' },
    { kind: 'exhausted', endpoint: 'Groq', place: '/' },
    { kind: 'quota', name: 'Groq', percent: 92, of: 'tpd', place: '/' },
    { kind: 'budget', name: 'CI', budgetUsd: 5, place: '/' },
    { kind: 'update', version: '2.0.0', place: '/' },
  ];
  for (const notice of each) {
    const english = noticeText(notice, 'auto', 'de-DE');
    const chinese = noticeText(notice, 'auto', 'zh-Hans-CN');
    expect(`${english.title}${english.body}`).not.toMatch(/[\u4e00-\u9fff]/);
    expect(chinese.body).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(noticeText(notice, 'zh-CN', 'en-US')).toEqual(chinese);
  }
});
