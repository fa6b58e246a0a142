import { expect, test } from 'vitest';
import { originOf, trustedSender } from '../../../main/desktop/trustedSender.ts';

const origin = 'app://sluice';
const windows = new Set([7]);
const frame = { parent: null, url: 'app://sluice/index.html#/keys', origin };

test('our window’s main frame is trusted', () => {
  expect(trustedSender({ sender: { id: 7 }, senderFrame: frame }, windows, origin)).toBe(true);
});

test.each([
  ['a window we do not know', { sender: { id: 8 }, senderFrame: frame }],
  ['a frame that is gone', { sender: { id: 7 }, senderFrame: null }],
  ['a frame inside', { sender: { id: 7 }, senderFrame: { ...frame, parent: frame } }],
  ['another origin', { sender: { id: 7 }, senderFrame: { ...frame, origin: 'https://sluice' } }],
  ['an opaque origin', { sender: { id: 7 }, senderFrame: { ...frame, origin: 'null' } }],
  ['another address', { sender: { id: 7 }, senderFrame: { ...frame, url: 'app://sluice.evil/' } }],
  ['an empty address', { sender: { id: 7 }, senderFrame: { ...frame, url: '' } }],
  ['about:blank', { sender: { id: 7 }, senderFrame: { ...frame, url: 'about:blank' } }],
  [
    'a file',
    { sender: { id: 7 }, senderFrame: { ...frame, url: 'file://sluice/index.html', origin: 'file://' } },
  ],
])('%s is not', (_name, event) => {
  expect(trustedSender(event, windows, origin)).toBe(false);
});

test('origins of addresses', () => {
  expect(originOf('app://sluice/x?y#z')).toBe('app://sluice');
  expect(originOf('http://localhost:5173/')).toBe('http://localhost:5173');
  expect(originOf('data:text/html,x')).toBeNull();
  expect(originOf('nonsense')).toBeNull();
});
