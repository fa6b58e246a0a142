import { createORPCClient } from '@orpc/client';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RecordPage, RequestRecord } from '../../../main/contract/schemas/record.ts';
import { createLiveEventHandler } from '../../../renderer/api/applyLiveEvent.ts';
import type { ControlClient } from '../../../renderer/api/controlClient.ts';
import { createOperations } from '../../../renderer/api/operations.ts';
import { recordMatches } from '../../../renderer/api/recordFilter.ts';
import { createTrafficStore } from '../../../renderer/api/trafficStore.ts';

function record(id: string, change: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id,
    time: Number(id),
    clientKeyId: 'default',
    userAgent: 'test',
    operation: 'chat/completions',
    stream: false,
    clientModel: 'gpt-4',
    endpointId: 'openai',
    accountId: 'a1',
    upstreamModel: 'gpt-4o',
    status: 'ok',
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    firstTokenMs: 1,
    totalMs: 2,
    tokens: { input: 1, output: 1, cached: 0, reasoning: 0, source: 'reported' },
    costUsd: null,
    attempts: [],
    skipped: [],
    order: null,
    ...change,
  };
}

/** Only the keys of the operations are used: nothing is called. */
const operations = createOperations(createORPCClient<ControlClient>({ call: () => Promise.reject() }));
const queryClient = new QueryClient();
let events: ReturnType<typeof createLiveEventHandler>;

beforeEach(() => {
  vi.useFakeTimers();
  events = createLiveEventHandler({ queryClient, operations, traffic: createTrafficStore() });
});
afterEach(() => {
  events.dispose();
  queryClient.clear();
  vi.useRealTimers();
});

const listKey = (input: { endpointId?: string; limit: number }) =>
  operations.records.list.queryKey({ input });
const page = (...ids: string[]): RecordPage => ({ records: ids.map((id) => record(id)), nextCursor: null });
const idsIn = (key: readonly unknown[]) =>
  queryClient.getQueryData<RecordPage>(key)?.records.map(({ id }) => id);

test('new records go on top of every list they belong to, once, within its length', () => {
  queryClient.setQueryData(listKey({ limit: 3 }), page('3', '2', '1'));
  queryClient.setQueryData(listKey({ endpointId: 'groq', limit: 3 }), page());
  events.handle({ name: 'records', records: [record('5'), record('4'), record('3')] });
  expect(idsIn(listKey({ limit: 3 }))).toEqual(['5', '4', '3']);
  expect(idsIn(listKey({ endpointId: 'groq', limit: 3 }))).toEqual([]);
});

test('an endless list is cut back and asked for again before it grows without end', () => {
  const key = operations.records.list.infiniteKey({
    input: (cursor: string | undefined) => ({ limit: 100, cursor }),
    initialPageParam: undefined as string | undefined,
  });
  queryClient.setQueryData(key, { pages: [page('1'), page('0')], pageParams: [undefined, 'c1'] });
  const many = Array.from({ length: 1001 }, (_unused, index) => record(String(index + 10)));
  events.handle({ name: 'records', records: many });
  const data = queryClient.getQueryData(key);
  expect(data?.pages.length).toBe(1);
  expect(data?.pages[0]?.records.length).toBe(100);
  expect(data?.pages[0]?.records[0]?.id).toBe('1010');
  expect(queryClient.getQueryState(key)?.isInvalidated).toBe(true);
});

test('a list fetched just after a record was told holds it, although it was not written down yet', async () => {
  events.handle({ name: 'records', records: [record('9')] });
  const key = listKey({ limit: 3 });
  await queryClient.fetchQuery({ queryKey: key, queryFn: async () => page('8', '7') });
  expect(idsIn(key)).toEqual(['9', '8', '7']);
  await vi.advanceTimersByTimeAsync(5000);
  await queryClient.fetchQuery({ queryKey: key, queryFn: async () => page('8', '7') });
  expect(idsIn(key)).toEqual(['8', '7']);
});

test('nor does it lack one because its answer comes late', async () => {
  events.handle({ name: 'records', records: [record('9')] });
  const key = listKey({ limit: 4 });
  const queryFn = () => new Promise<RecordPage>((resolve) => setTimeout(() => resolve(page('8', '7')), 5000));
  const fetched = queryClient.fetchQuery({ queryKey: key, queryFn });
  await vi.advanceTimersByTimeAsync(2500);
  events.handle({ name: 'records', records: [record('10')] });
  await vi.advanceTimersByTimeAsync(2500);
  await fetched;
  expect(idsIn(key)).toEqual(['10', '9', '8', '7']);
});

test('sums are asked for once the records are written, at most every two seconds, and the last time is not lost', async () => {
  const asked = vi.fn(async () => 0);
  const observer = new QueryObserver(queryClient, {
    queryKey: operations.usage.summary.queryKey({ input: { span: '24h' } }),
    queryFn: asked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const leave = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toHaveBeenCalledTimes(1);
  events.handle({ name: 'records', records: [record('1')] });
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toHaveBeenCalledTimes(1);
  for (let index = 2; index < 12; index += 1) {
    events.handle({ name: 'records', records: [record(String(index))] });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveBeenCalledTimes(3);
  leave();
});

test('a filter decides as the store does', () => {
  const failed = record('7', { status: 'failed', errorMessage: 'Rate limit reached for org' });
  expect(recordMatches(failed, {})).toBe(true);
  expect(recordMatches(failed, { status: 'ok' })).toBe(false);
  expect(recordMatches(failed, { model: 'gpt-4' })).toBe(true);
  expect(recordMatches(failed, { model: 'gpt-4o' })).toBe(false);
  expect(recordMatches(failed, { search: 'rate LIMIT' })).toBe(true);
  expect(recordMatches(failed, { search: 'quota' })).toBe(false);
});

test('what changes while a list is fetched for the first time is fetched as well', async () => {
  const answers: ((names: string[]) => void)[] = [];
  const observer = new QueryObserver<string[]>(queryClient, {
    queryKey: operations.endpoints.list.key(),
    queryFn: () => new Promise((resolve) => answers.push(resolve)),
  });
  const stop = observer.subscribe(() => {});
  expect(answers).toHaveLength(1);
  events.handle({ name: 'endpoints' });
  // The first answer was made before the change, and arrives after word of it.
  answers[0]?.([]);
  await vi.advanceTimersByTimeAsync(10);
  answers[1]?.(['new']);
  await vi.advanceTimersByTimeAsync(10);
  expect(observer.getCurrentResult().data).toEqual(['new']);
  stop();
});
