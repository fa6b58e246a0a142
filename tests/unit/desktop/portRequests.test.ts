import type { MessagePortMain } from 'electron';
import { expect, test } from 'vitest';
import { portRequests, readRequest } from '../../../main/desktop/portRequests.ts';
import { StandInChannel } from '../../electron/messagePorts.ts';

const good = { i: '1', p: { u: '/gateway/status', b: { json: { id: 'x' } } } };

test('takes requests as the window’s client writes them', () => {
  expect(readRequest(JSON.stringify(good))).toEqual(good);
  expect(readRequest(JSON.stringify({ i: '1', t: 4 }))).toEqual({ i: '1', t: 4 });
  const again = { i: '2', p: { u: '/events', h: { 'last-event-id': '7' } } };
  expect(readRequest(JSON.stringify(again))).toEqual(again);
});

test.each([
  ['an object instead of a text', good],
  ['bytes', new Uint8Array([0, 1, 2])],
  ['nothing', undefined],
  ['no JSON', 'x'],
  ['a list', '[]'],
  ['null', 'null'],
  ['no number', JSON.stringify({ p: good.p })],
  ['an id without end', JSON.stringify({ ...good, i: 'i'.repeat(65) })],
  ['a message of events', JSON.stringify({ i: '1', t: 3, p: { d: 1 } })],
  ['another origin', JSON.stringify({ i: '1', p: { u: 'http://elsewhere/x' } })],
  ['an address that is none', JSON.stringify({ i: '1', p: { u: 5 } })],
  [
    'headers of its own',
    JSON.stringify({ i: '1', p: { u: '/x', h: { 'content-type': 'multipart/form-data' } } }),
  ],
])('drops %s', (_what, data) => {
  expect(readRequest(data)).toBeNull();
});

test('tells of nonsense once, and goes on', async () => {
  const { port1, port2 } = new StandInChannel();
  const heard: unknown[] = [];
  let told = 0;
  portRequests(port1 as unknown as MessagePortMain, () => told++).on('message', (event) =>
    heard.push(event?.data),
  );
  port1.start();
  for (const data of ['x', null, JSON.stringify(good), 'y']) port2.postMessage(data);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual([good]);
  expect(told).toBe(1);
});
