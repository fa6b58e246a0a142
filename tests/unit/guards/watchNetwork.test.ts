import type { NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { watchNetwork } from '../../../main/guards/watchNetwork.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

type Interfaces = ReturnType<typeof networkInterfaces>;

function address(text: string, internal = false): NetworkInterfaceInfo {
  const base = { address: text, netmask: '', mac: '', internal, cidr: null };
  return text.includes(':') ? { ...base, family: 'IPv6', scopeid: 0 } : { ...base, family: 'IPv4' };
}

const home: Interfaces = { lo: [address('127.0.0.1', true)], wlan0: [address('192.168.1.20')] };
const office: Interfaces = { lo: [address('127.0.0.1', true)], wlan0: [address('10.0.0.7')] };

function setUp() {
  const clock = createFakeClock();
  const machine = { interfaces: home, online: true };
  const told: string[] = [];
  let look = (): void => {};
  let period = 0;
  let ended = false;
  const end = watchNetwork({
    uplink: {
      renew: () => void told.push('renew'),
      setOnline: (online) => void told.push(online ? 'online' : 'offline'),
    },
    clock,
    interfaces: () => machine.interfaces,
    isOnline: () => machine.online,
    every(ms, work) {
      period = ms;
      look = work;
      return () => {
        ended = true;
      };
    },
  });
  return {
    machine,
    told: () => told.splice(0),
    end,
    ended: () => ended,
    /** So many looks later. */
    pass(looks = 1, ms = period) {
      for (let at = 0; at < looks; at++) {
        clock.advance(ms);
        look();
      }
    },
  };
}

test('it begins with how it is, and says nothing while nothing changes', () => {
  const { told, pass } = setUp();
  expect(told()).toEqual(['online']);
  pass(100);
  expect(told()).toEqual([]);
});

test('another network is told once', () => {
  const { machine, told, pass } = setUp();
  told();
  machine.interfaces = office;
  pass(3);
  expect(told()).toEqual(['renew']);
});

test('a tunnel that opens is another way out, the machine’s own addresses are none', () => {
  const { machine, told, pass } = setUp();
  told();
  machine.interfaces = { ...home, lo: [address('127.0.0.1', true), address('127.0.0.9', true)] };
  machine.interfaces.wlan0?.push(address('fe80::1'), address('169.254.7.7'));
  pass();
  expect(told()).toEqual([]);
  machine.interfaces = { ...home, tun0: [address('10.8.0.2')] };
  pass();
  expect(told()).toEqual(['renew']);
});

test('the order in which the system lists its addresses means nothing', () => {
  const { machine, told, pass } = setUp();
  machine.interfaces = { wlan0: [address('192.168.1.20'), address('2001:db8::5')] };
  pass();
  told();
  machine.interfaces = { wlan0: [address('2001:db8::5'), address('192.168.1.20')] };
  pass();
  expect(told()).toEqual([]);
});

test('off line and on line are told once each, and by themselves', () => {
  const { machine, told, pass } = setUp();
  told();
  machine.online = false;
  machine.interfaces = { lo: home.lo };
  pass(4);
  expect(told()).toEqual(['offline']);
  machine.online = true;
  machine.interfaces = office;
  pass(4);
  expect(told()).toEqual(['online']);
});

test('a sleep that nobody told of shows in the time between two looks', () => {
  const { told, pass } = setUp();
  told();
  pass(1, 12_000);
  expect(told()).toEqual([]);
  pass(1, 3_600_000);
  expect(told()).toEqual(['renew']);
  // A clock that is set back is no sleep.
  pass(1, -3_600_000);
  expect(told()).toEqual([]);
});

test('it ends', () => {
  const { end, ended } = setUp();
  end();
  expect(ended()).toBe(true);
});
