import { describe, expect, test } from 'vitest';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';
import type { ClientKeyView, GatewayStatus } from '../../../main/contract/schemas/views.ts';
import { gatewayOrigin } from '../../../renderer/components/gatewayOrigin.ts';
import { connectionOf, modelsFor } from '../../../renderer/pages/connect/connection.ts';

const now = 1_000_000;
const key = (change: Partial<ClientKeyView> = {}) =>
  ({
    enabled: true,
    expiresAt: null,
    lastUsedAt: null,
    previous: null,
    models: ['*'],
    ...change,
  }) as ClientKeyView;
const record = (status: RequestRecord['status'], time: number) => ({ status, time }) as RequestRecord;

describe('a connection', () => {
  test('is new without a key, and closed where the key lets nobody in', () => {
    expect(connectionOf(null, [], 0, now).state).toBe('new');
    expect(connectionOf(key({ enabled: false }), [record('ok', 5)], 0, now).state).toBe('closed');
    const expired = key({ expiresAt: new Date(now - 1).toISOString() });
    expect(connectionOf(expired, [record('ok', 5)], 0, now).state).toBe('closed');
  });

  test('waits for a request, and stands with the first that was answered', () => {
    expect(connectionOf(key(), [], 0, now).state).toBe('waiting');
    expect(connectionOf(key(), [record('ok', 5)], 0, now).state).toBe('connected');
  });

  test('stands with a client that leaves at the first word, as Cherry Studio does to check', () => {
    expect(connectionOf(key(), [record('cancelled', 5)], 0, now).state).toBe('connected');
  });

  test('tells the latest failure while nothing has been answered', () => {
    const latest = record('failed', 7);
    expect(connectionOf(key(), [latest, record('failed', 5)], 0, now)).toEqual({
      state: 'failed',
      record: latest,
    });
    expect(connectionOf(key(), [latest, record('ok', 5)], 0, now).state).toBe('connected');
  });

  test('does not count what came with a secret that was replaced', () => {
    const used = key({ lastUsedAt: 5 });
    expect(connectionOf(used, [record('ok', 5)], 5, now).state).toBe('waiting');
    expect(connectionOf(used, [record('ok', 6), record('ok', 5)], 5, now).state).toBe('connected');
  });

  test('does not count what comes with a replaced secret that still works', () => {
    const agents = [{ userAgent: 'x', lastUsedAt: 8, requestsToday: 1, firstUsedAt: 1 }];
    const replaced = key({ lastUsedAt: 8, previous: { agents } as unknown as ClientKeyView['previous'] });
    expect(connectionOf(replaced, [record('ok', 8), record('ok', 5)], 5, now).state).toBe('waiting');
    expect(connectionOf(replaced, [record('ok', 9), record('ok', 8)], 5, now).state).toBe('connected');
    // Nobody here replaced it: who comes is connected, with whichever secret.
    expect(connectionOf(replaced, [record('ok', 8)], 0, now).state).toBe('connected');
  });

  test('is not made by our own test of the key', () => {
    const tested = { ...record('ok', 5), userAgent: 'Sluice-Test' };
    expect(connectionOf(key(), [tested], 0, now).state).toBe('waiting');
    expect(connectionOf(key(), [{ ...tested, status: 'failed' }], 0, now).state).toBe('waiting');
  });

  test('is remembered when its records are gone', () => {
    expect(connectionOf(key({ lastUsedAt: 5 }), [], 0, now).state).toBe('connected');
  });
});

test('a key reaches the models its list names', () => {
  const models = ['gpt-4o', 'gpt-4o-mini', 'qwen'].map((id) => ({ id }));
  const reached = (names: string[]) => modelsFor(key({ models: names }), models).map(({ id }) => id);
  expect(reached(['*'])).toHaveLength(3);
  expect(reached(['gpt-*'])).toEqual(['gpt-4o', 'gpt-4o-mini']);
  expect(reached(['gpt-4o'])).toEqual(['gpt-4o']);
  expect(modelsFor(null, models)).toHaveLength(3);
});

describe('the address given to clients', () => {
  const status = { address: 'http://localhost:8282/v1', port: 8282 } as GatewayStatus;
  const page = (href: string) => new URL(href);

  test('is the gateway’s own on its machine, also while it is off', () => {
    expect(gatewayOrigin(status, null)).toBe('http://localhost:8282');
    expect(gatewayOrigin(status, page('http://127.0.0.1:8282/'))).toBe('http://localhost:8282');
    expect(gatewayOrigin({ ...status, address: null }, null)).toBe('http://localhost:8282');
  });

  test('is the page’s where the page came from another machine', () => {
    expect(gatewayOrigin(status, page('https://sluice.example.com/x'))).toBe('https://sluice.example.com');
    expect(gatewayOrigin(status, page('http://192.168.1.7:8282/'))).toBe('http://192.168.1.7:8282');
  });

  test('is the page’s where it came through another port: a container’s or a tunnel’s', () => {
    expect(gatewayOrigin(status, page('http://localhost:9000/'))).toBe('http://localhost:9000');
    expect(gatewayOrigin(status, page('http://localhost/'))).toBe('http://localhost');
  });
});
