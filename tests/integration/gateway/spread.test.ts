import { afterEach, describe, expect, it } from 'vitest';
import type { Strategy } from '../../../main/contract/schemas/settings.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createTestCore, type TestCore } from '../../fakes/testCore.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const accounts = ['A', 'B', 'C'].map((name) => ({ id: name.toLowerCase(), secret: { env: name } }));
const env = { A: 'secret-of-account-a', B: 'secret-of-account-b', C: 'secret-of-account-c' };

async function setUp(routing: {
  strategy?: Strategy;
  affinity?: boolean;
}): Promise<{ upstream: FakeUpstream; gateway: TestCore }> {
  const upstream = await createFakeUpstream();
  const gateway = await createTestCore({
    env,
    settings: { routing, endpoints: [{ id: 'e', baseUrl: upstream.url, models: ['gpt-4o'], accounts }] },
  });
  open.push(gateway, upstream);
  return { upstream, gateway };
}

type Message = { role: 'user' | 'assistant'; content: string };

async function say(gateway: TestCore, messages: Message[]): Promise<Message[]> {
  const answer = await gateway.openai().chat.completions.create({ model: 'gpt-4o', messages });
  return [...messages, { role: 'assistant', content: answer.choices[0]?.message.content ?? '' }];
}

describe('a conversation', () => {
  it('stays with its account over its turns, while others go round', async () => {
    const { upstream, gateway } = await setUp({ strategy: 'round-robin' });
    let talks: Message[][] = Array.from({ length: 6 }, (_, index) => [
      { role: 'user', content: `talk ${index}` },
    ]);
    const seen: (string | null)[][] = talks.map(() => []);
    for (let turn = 0; turn < 3; turn++) {
      talks = await Promise.all(
        talks.map(async (talk, index) => {
          const next = await say(gateway, talk);
          const asked = upstream.journal.entries.findLast(
            (entry) => JSON.stringify(entry.json?.messages) === JSON.stringify(talk),
          );
          seen[index]?.push(asked?.key ?? null);
          return [...next, { role: 'user' as const, content: `more ${turn}` }];
        }),
      );
    }
    for (const keys of seen) expect(new Set(keys).size).toBe(1);
    expect(new Set(seen.map(([key]) => key)).size).toBe(3);
  });

  it('moves when its account fails, and stays where it went', async () => {
    const { upstream, gateway } = await setUp({ strategy: 'round-robin' });
    let talk = await say(gateway, [{ role: 'user', content: 'hello' }]);
    const first = upstream.journal.last().key ?? '';
    upstream.set({ key: first }, '429:60');
    talk = await say(gateway, [...talk, { role: 'user', content: 'again' }]);
    const second = upstream.journal.last().key;
    expect(second).not.toBe(first);
    upstream.set({ key: first }, null);
    await say(gateway, [...talk, { role: 'user', content: 'and again' }]);
    expect(upstream.journal.last().key).toBe(second);
  });

  it('goes round where affinity is off', async () => {
    const { upstream, gateway } = await setUp({ strategy: 'round-robin', affinity: false });
    for (let turn = 0; turn < 3; turn++) await say(gateway, [{ role: 'user', content: 'same' }]);
    expect(new Set(upstream.journal.entries.map(({ key }) => key)).size).toBe(3);
  });
});

it.each(['random', 'round-robin', 'weighted', 'least-busy', 'fastest', 'priority'] as const)(
  '%s uses every account in the end',
  async (strategy) => {
    const { upstream, gateway } = await setUp({ strategy, affinity: false });
    const talks = Array.from({ length: 60 }, (_, index) =>
      say(gateway, [{ role: 'user', content: `${index}` }]),
    );
    await Promise.all(talks);
    expect(new Set(upstream.journal.entries.map(({ key }) => key)).size).toBe(3);
  },
);
