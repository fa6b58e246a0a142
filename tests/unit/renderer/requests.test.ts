import { expect, test } from 'vitest';
import { type RequestRecord, recordStatusSchema } from '../../../main/contract/schemas/record.ts';
import type { AccountView, EndpointView } from '../../../main/contract/schemas/views.ts';
import { mendsFor, type Trouble } from '../../../renderer/components/mendsFor.ts';
import { gatherRecords, mostExported, recordsAsCsv } from '../../../renderer/pages/requests/exportRecords.ts';
import { queryOfSearch, searchOfQuery, statuses } from '../../../renderer/pages/requests/recordQuery.ts';
import { sampleRecord } from '../usage/sampleRecord.ts';

test('what a list is narrowed to survives the address, whatever the names hold', () => {
  const query = {
    status: 'failed' as const,
    model: 'a/b?c=d&e 模型%',
    endpointId: 'groq',
    accountId: 'a1',
    clientKeyId: 'k',
    search: '#1 "x"',
    since: 0,
    until: 1_700_000_000_000,
    slowMs: 3000,
  };
  expect(queryOfSearch(searchOfQuery(query).slice(1))).toEqual(query);
  expect(searchOfQuery({})).toBe('');
});

test('an address that holds nonsense narrows nothing', () => {
  expect(queryOfSearch('status=great&since=soon&slowMs=-1&until=&model=%20&cursor=abc&limit=9')).toEqual({});
});

test('every status there is can be chosen', () => {
  expect(statuses).toEqual(recordStatusSchema.options);
});

test('an export stops at its bound and tells how far it is', async () => {
  const told: number[] = [];
  const records = await gatherRecords(
    async ({ cursor = '0', limit }) => ({
      records: Array.from({ length: limit }, () => sampleRecord()),
      nextCursor: String(Number(cursor) + limit),
    }),
    (count) => told.push(count),
  );
  expect(records.length).toBe(mostExported);
  expect(told.length).toBeGreaterThan(5);
  expect(told.at(-1)).toBe(mostExported);
});

test('a name from a client is no formula and no second column', () => {
  const names = {
    endpoint: (id: string | null) => `Endpoint ${id}`,
    account: (_endpointId: string | null, id: string | null) => `Account ${id}`,
    clientKey: () => '=gone()',
  };
  const csv = recordsAsCsv(
    [
      sampleRecord({
        clientModel: '=cmd()',
        userAgent: 'a,"b"\nc',
        endpointId: 'e',
        accountId: null,
      } as Partial<RequestRecord>),
    ],
    names,
  );
  expect(csv.trimEnd().endsWith(",Endpoint e,,'=gone()")).toBe(true);
  expect(csv).toContain(",'=cmd(),");
  expect(csv).toContain('"a,""b""\nc"');
  expect(csv.startsWith('\ufeffid,')).toBe(true);
});

const account = (change: Partial<AccountView> = {}): AccountView => ({
  id: 'a1',
  name: 'main',
  enabled: true,
  weight: 1,
  limits: {},
  secret: { source: 'vault', mask: '••4f2a', state: 'ready', reason: null },
  effectiveLimits: { rpm: 5, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 },
  usage: { rpm: 0, rpd: 0, tpm: 0, tpd: 0, concurrent: 0 },
  state: 'ready',
  until: null,
  reason: null,
  holds: [],
  inFlight: 0,
  ...change,
});

const endpoint = (change: Partial<EndpointView> = {}): EndpointView => ({
  id: 'e',
  name: 'E',
  kind: 'openai',
  baseUrl: 'https://e.example.com/v1',
  enabled: true,
  priority: 0,
  weight: 1,
  free: false,
  models: ['m', 'n'],
  modelMapping: {},
  limits: { rpm: 5, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 },
  headers: {},
  proxy: null,
  options: {},
  accounts: [],
  health: 'ready',
  servedModels: [],
  modelsFrom: 'settings',
  inactive: [],
  isDemo: false,
  quotaDay: { startsAt: 0, endsAt: 86_400_000 },
  ...change,
});

const mends = (
  cause: Trouble['cause'],
  of: Partial<AccountView> | null | undefined,
  at: Partial<EndpointView> | undefined = {},
) =>
  mendsFor({
    cause,
    facts: { limit: 'rpm', allowed: 5 },
    endpoint: at && endpoint(at),
    account: of && account(of),
    model: 'm',
    upstreamModel: null,
  });

test('a mend fits how things stand now', () => {
  expect(mends('cooling', { state: 'cooling' }).mends).toEqual(['clear', 'accountOff']);
  expect(mends('cooling', {}).standing).toBe('unneeded');
  expect(mends('refused', { state: 'refused' }).mends[0]).toBe('key');
  expect(mends('refused', { state: 'refused', email: 'a@b.c' }).mends).not.toContain('key');
  expect(mends('account-off', { enabled: false }).mends).toEqual(['accountOn']);
  expect(mends('endpoint-off', {}, { enabled: false }).mends).toEqual(['endpointOn']);
  expect(mends('endpoint-off', {}).standing).toBe('unneeded');
  expect(mends('unreachable', {}).mends).toEqual(['test']);
  expect(mends('ok', {})).toEqual({ standing: null, mends: [] });
});

test('a model held back at one account holds back no other model', () => {
  const hold = { model: 'other', state: 'cooling' as const, until: null, reason: 'x' };
  const trouble = {
    cause: 'cooling' as const,
    endpoint: endpoint(),
    account: account({ state: 'cooling', holds: [hold] }),
    model: 'm',
  };
  expect(mendsFor({ ...trouble, upstreamModel: 'm' }).standing).toBe('unneeded');
  expect(mendsFor({ ...trouble, upstreamModel: 'other' }).mends).toContain('clear');
});

test('a limit can be raised while it is there, also when it is not reached now', () => {
  const used = { rpm: 5, rpd: 0, tpm: 0, tpd: 0, concurrent: 0 };
  expect(mends('limited', { usage: used })).toEqual({ standing: null, mends: ['limit'] });
  expect(mends('limited', {})).toEqual({ standing: 'unneeded', mends: ['limit'] });
  const none = { rpm: -1, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 };
  expect(mends('limited', { effectiveLimits: none })).toEqual({ standing: 'unneeded', mends: [] });
});

test('a name is taken out where it stands, but never the last of a list', () => {
  expect(mends('model-missing', {}).mends).toEqual(['unname', 'model']);
  expect(mends('model-missing', {}, { models: ['m'] }).mends).toEqual(['model']);
  expect(mends('model-missing', {}, { models: [], modelMapping: { m: 'x' } }).mends).toContain('unname');
});

test('what the spending mode left out is mended by ending the mode, while it still leaves it out', () => {
  const trouble = { cause: 'not-free' as const, account: account(), model: 'm', upstreamModel: null };
  const left = (spending: Trouble['spending'], free = false) =>
    mendsFor({ ...trouble, endpoint: endpoint({ free }), spending });
  expect(left({ mode: 'free' }).mends).toEqual(['normal']);
  expect(left({ mode: 'free' }, true).standing).toBe('unneeded');
  expect(left({ mode: 'normal' }).standing).toBe('unneeded');
  expect(left({ mode: 'endpoint', endpointId: 'other', until: 1 }).mends).toEqual(['normal']);
  expect(left({ mode: 'endpoint', endpointId: 'e', until: 1 }).standing).toBe('unneeded');
  expect(left({ mode: 'paused', until: null }, true).mends).toEqual(['normal']);
});

test('what was removed since has no mend', () => {
  expect(mends('cooling', undefined).standing).toBe('removed');
  expect(
    mendsFor({ cause: 'refused', endpoint: undefined, account: undefined, model: 'm', upstreamModel: null })
      .standing,
  ).toBe('removed');
});
