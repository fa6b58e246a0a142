import { expect, test } from 'vitest';
import { socketPaths } from '../../../main/store/dbus.ts';
import { decodeMessage, encodeCall, splitSignature } from '../../../main/store/dbusWire.ts';
import { sessionBusAddress } from '../../../main/store/secretService.ts';

test('signatures split into single types', () => {
  expect(splitSignature('sao(yv)aas(s(uu))')).toEqual(['s', 'ao', '(yv)', 'aas', '(s(uu))']);
});

test('a call comes back as it went, whole messages only, with what follows left over', () => {
  const call = {
    serial: 7,
    path: '/org/freedesktop/secrets',
    destination: 'org.freedesktop.secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'Unlock',
    signature: 'sao(ub)v',
    body: ['é', ['/a', '/bc'], [4_000_000_000, true], { signature: 's', value: 'x' }],
  };
  const bytes = encodeCall(call);
  for (let cut = 0; cut < bytes.length; cut += 7) expect(decodeMessage(bytes.subarray(0, cut))).toBeNull();
  const decoded = decodeMessage(Buffer.concat([bytes, Buffer.from('rest')]));
  expect(decoded?.length).toBe(bytes.length);
  expect(decoded?.message.serial).toBe(7);
  expect(decoded?.message.fields.get(1)).toBe(call.path);
  expect(decoded?.message.fields.get(3)).toBe('Unlock');
  expect(decoded?.message.body).toEqual(call.body);
});

test('what is no D-Bus is refused, not waited for', () => {
  expect(() => decodeMessage(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow(/no D-Bus/);
  expect(() =>
    encodeCall({
      serial: 1,
      path: '/',
      destination: 'd',
      interface: 'i',
      member: 'm',
      signature: 'ao',
      body: ['x'],
    }),
  ).toThrow(TypeError);
});

test('addresses of local sockets are understood, others left out', () => {
  expect(socketPaths('unix:path=/run/user/1000/bus,guid=12')).toEqual(['/run/user/1000/bus']);
  expect(socketPaths('tcp:host=x;unix:abstract=/tmp/dbus-%41;unix:path=/b%20c')).toEqual([
    '\0/tmp/dbus-A',
    '/b c',
  ]);
  expect(socketPaths('disabled:')).toEqual([]);
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_RUNTIME_DIR: '/run/x' })).toBeNull();
  expect(sessionBusAddress({ XDG_RUNTIME_DIR: '/run/user/1' })).toBe('unix:path=/run/user/1/bus');
  expect(sessionBusAddress({})).toBeNull();
});
