// Every operation, called over a port with what no form of ours would send: nothing breaks, and nothing that is secret comes out.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { RPCHandler } from '@orpc/server/message-port';
import { expect, test } from 'vitest';
import { contract } from '../../main/contract/operations.ts';
import { createControlBench, planted } from './controlBench.ts';
import { type HostileCall, hostileCalls } from './hostileInput.ts';

const perOperation = 60;
/** Another one finds other things; the one here is what must always pass. */
const seed = Number(process.env.SLUICE_FUZZ_SEED ?? 20_261);
const atOnce = 16;

interface Heard {
  call: HostileCall;
  status: number;
  text: string;
}

/** As a page would that has taken the port for itself, past every client. */
async function callAll(port: MessagePort, calls: HostileCall[]): Promise<Heard[]> {
  const heard: Heard[] = [];
  const waiting = new Map<string, () => void>();
  port.on('message', (text: string) => {
    const { i: id, t: type, p } = JSON.parse(text) as { i: string; t?: number; p: { s?: number } };
    const call = calls[Number(id)];
    if (call) heard.push({ call, status: p?.s ?? 200, text });
    if (type !== undefined) return;
    // What goes on after its answer is not waited for.
    port.postMessage(JSON.stringify({ i: id, t: 4 }));
    waiting.get(id)?.();
  });
  for (let from = 0; from < calls.length; from += atOnce)
    await Promise.all(
      calls.slice(from, from + atOnce).map(({ url, input }, offset) => {
        const id = String(from + offset);
        const answered = new Promise<void>((resolve) => waiting.set(id, resolve));
        port.postMessage(JSON.stringify({ i: id, p: { u: url, b: { json: input } } }));
        return answered;
      }),
    );
  return heard;
}

test(`no input brings an operation down or a secret out (seed ${seed})`, async () => {
  const bench = await createControlBench();
  const { port1, port2 } = new MessageChannel();
  try {
    new RPCHandler(bench.router).upgrade(port1);
    port1.start();
    const ids = ['main', 'pool', 'local', 'a1', 'a2', 'login', 'default', 'gpt-4o'];
    const calls = hostileCalls(contract, { count: perOperation, seed, ids });
    // Each operation in turn would end with most of them gone.
    const mixed = calls.map((_, at) => calls[(at * 7919) % calls.length] as HostileCall);
    const heard = await callAll(port2, mixed);

    const broken = heard.filter(({ status }) => status === 500);
    expect(broken.map(({ call, text }) => `${call.name} ${JSON.stringify(call.input)}: ${text}`)).toEqual([]);
    // Some of it was good enough to be carried out, and most of it was not.
    const done = heard.filter(({ status }) => status < 300).length;
    expect(done).toBeGreaterThan(heard.length / 50);
    expect(heard.length - done).toBeGreaterThan(heard.length / 4);

    const { unseenKey: _claimedOnce, ...secrets } = planted;
    for (const [name, secret] of Object.entries(secrets)) {
      const told = heard.filter(({ text }) => text.includes(secret));
      expect(
        told.map(({ call }) => `${name} by ${call.name} ${JSON.stringify(call.input)}`),
        name,
      ).toEqual([]);
      expect(JSON.stringify(bench.log), name).not.toContain(secret);
    }
  } finally {
    port1.close();
    port2.close();
    await bench.close();
  }
}, 240_000);
