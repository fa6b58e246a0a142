// Conversations through keys and logins: what each session of the service was told, and that nobody hears another's words.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exampleEndpoint } from '../../fakes/ondemand/exampleEndpoint.ts';
import { createBench, endpointId, type Message, model, type OndemandBench, user } from './bench.ts';

let bench: OndemandBench;

beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench?.close());
afterEach(() => bench.reset());

type Ask = (messages: Message[], more?: object) => Promise<string>;

/** Says the turns one after the other and sends everything back each time, as clients do. Returns all messages. */
async function converse(ask: Ask, turns: string[], system: string | null = null): Promise<Message[]> {
  const messages: Message[] = system === null ? [] : [{ role: 'system', content: system }];
  for (const text of turns) {
    messages.push(user(text));
    messages.push({ role: 'assistant', content: await ask(messages) });
  }
  return messages;
}

const said = (messages: Message[], at: number): string => messages.at(at)?.content ?? '';

describe('several turns', () => {
  it.each(['chat', 'stream'] as const)('%s: one session hears each word once and remembers', async (how) => {
    const messages = await converse(bench[how], [
      'The word is pelican.',
      'The colour is teal.',
      'What was the word?',
    ]);
    expect(said(messages, -1)).toBe('The word was “pelican”.');
    expect(bench.emulator.toldTo('pelican').map(({ times }) => times)).toEqual([1]);
    expect(bench.emulator.sessions).toHaveLength(1);
    expect(bench.emulator.sessions[0]?.turns.map(({ query, mode }) => [query, mode])).toEqual([
      ['The word is pelican.', 'stream'],
      ['The colour is teal.', 'stream'],
      ['What was the word?', 'stream'],
    ]);
  });

  it('through the SDK of Anthropic, streamed and whole by turns', async () => {
    const client = bench.anthropic();
    const base = { model, max_tokens: 200, system: 'Be brief.' };
    const first = await client.messages.create({
      ...base,
      messages: [{ role: 'user', content: 'The word is heron.' }],
    });
    const stream = client.messages.stream({
      ...base,
      messages: [
        { role: 'user', content: 'The word is heron.' },
        { role: 'assistant', content: first.content },
        { role: 'user', content: 'What was the word?' },
      ],
    });
    expect(await stream.finalText()).toBe('The word was “heron”.');
    expect(bench.emulator.toldTo('heron').map(({ times }) => times)).toEqual([1]);
    expect(bench.emulator.toldTo('Be brief.').map(({ times }) => times)).toEqual([1]);
    const { usage } = await stream.finalMessage();
    expect(usage.input_tokens).toBeGreaterThan(0);
    expect(usage.output_tokens).toBeGreaterThan(0);
  });

  it('a client that forks a conversation gets a session for each branch', async () => {
    const start = await converse(bench.chat, ['The word is stork.']);
    const [left, right] = await Promise.all([
      bench.chat([...start, user('The left colour is red. What was the word?')]),
      bench.chat([...start, user('The right colour is blue. What was the word?')]),
    ]);
    expect([left, right]).toEqual(['The word was “stork”.', 'The word was “stork”.']);
    for (const session of bench.emulator.sessions) {
      const told = session.turns.map(({ query }) => query).join('\n');
      expect(told.includes('left colour') && told.includes('right colour')).toBe(false);
      expect(bench.emulator.toldTo('stork').every(({ times }) => times === 1)).toBe(true);
    }
  });

  it('an edited history, another system text and another model each begin anew', async () => {
    const start = await converse(bench.chat, ['The word is crane.'], 'Be kind.');
    const next = user('What was the word?');
    await bench.chat([start[0] as Message, user('The word is eagle.'), start[2] as Message, next]);
    await bench.chat([{ role: 'system', content: 'Be stern.' }, ...start.slice(1), next]);
    await bench.chat([...start, next], { model: 'kimi-k3' });
    expect(bench.emulator.sessions.map(({ turns }) => turns.length)).toEqual([1, 1, 1, 1]);
    // The session of the beginning is still there for whoever goes on from it.
    await bench.chat([...start, next]);
    expect(bench.emulator.sessions[0]?.turns).toHaveLength(2);
  });

  it('a system text that went with every query is told to a new session once it no longer does', async () => {
    const { options } = exampleEndpoint(bench.emulator);
    const place = (systemPrompt: string) =>
      bench.gateway.control.endpoints.update({
        id: 'ondemand',
        patch: { options: { ...options, systemPrompt } },
      });
    await place('fulfillment');
    const start = await converse(bench.chat, ['The word is crane.'], 'Be kind.');
    await place('query');
    await bench.chat([...start, user('What was the word?')]);
    const queries = bench.emulator.journal.of({ route: 'query' }).map(({ json }) => String(json?.query));
    expect(queries[0]).toBe('The word is crane.');
    expect(queries[1]).toContain('System: Be kind.');
    await bench.gateway.control.endpoints.update({ id: 'ondemand', patch: { options } });
  });

  it('two client keys with the same words share no session', async () => {
    const { secret } = await bench.gateway.control.clientKeys.create({ key: { name: 'Other' } });
    const start = await converse(bench.chat, ['The word is gull.']);
    const other = bench.gateway.openai({ apiKey: secret });
    await other.chat.completions.create({ model, messages: [...start, user('What was the word?')] });
    expect(bench.emulator.toldTo('gull').map(({ times }) => times)).toEqual([1, 1]);
  });

  it('what the service has forgotten is told once more, all of it, to a new session', async () => {
    const start = await converse(bench.chat, ['The word is robin.', 'The colour is red.']);
    bench.emulator.forgetSessions();
    expect(await bench.chat([...start, user('What was the word?')])).toBe('The word was “robin”.');
    expect(bench.emulator.toldTo('robin').map(({ times }) => times)).toEqual([1, 1]);
    expect((await bench.gateway.record()).attempts).toHaveLength(1);
  });

  it.each(['unknown-session', 'unknown-session-400'])('%s is mended by a new session', async (fault) => {
    const start = await converse(bench.stream, ['The word is finch.']);
    bench.emulator.script(fault);
    expect(await bench.stream([...start, user('What was the word?')])).toBe('The word was “finch”.');
    expect((await bench.gateway.record()).attempts).toHaveLength(1);
  });

  it('an answer that was broken off is not gone on with', async () => {
    const start = await converse(bench.chat, ['The word is magpie.']);
    bench.emulator.script('cut@4');
    await bench.stream([...start, user('Count to 20')]).catch(() => '');
    expect(await bench.chat([...start, user('What was the word?')])).toBe('The word was “magpie”.');
    expect(bench.emulator.toldTo('magpie').map(({ times }) => times)).toEqual([1, 1]);
  });
});

describe('accounts', () => {
  it('a conversation stays with its account, be it a key or a login', async () => {
    const accounts = new Set<string | null>();
    for (let at = 0; at < 12; at++) {
      bench.emulator.journal.clear();
      await converse(bench.chat, [`The word is word${at}.`, 'Go on.', 'What was the word?']);
      const asked = bench.queried();
      expect(new Set(asked).size).toBe(1);
      accounts.add(asked[0] ?? null);
    }
    // Chosen at random: that twelve conversations all miss one of four is as good as impossible for two of them.
    expect(accounts.size).toBeGreaterThan(1);
  });

  it('each kind of account speaks as it must', async () => {
    for (let at = 0; at < 24; at++) await bench.chat([user(`Hello ${at}`)]);
    const { journal } = bench.emulator;
    // Tokens that the emulator has forgotten are nobody's: such calls are answered with 401.
    const calls = [...journal.of({ route: 'create' }), ...journal.of({ route: 'query' })];
    const known = calls.filter(({ status }) => status !== 401);
    expect(new Set(known.map(({ account }) => account?.includes('@')))).toEqual(new Set([true, false]));
    for (const entry of known) {
      const isLogin = entry.account?.includes('@') === true;
      expect(entry.path.startsWith('/chat/v1/client/')).toBe(isLogin);
      expect('apikey' in entry.headers).toBe(!isLogin);
      expect('x-company-id' in entry.headers).toBe(isLogin);
    }
    // One sign-in each serves all calls.
    for (const { email } of bench.emulator.logins)
      expect(journal.of({ route: 'signin', account: email }).length).toBeLessThanOrEqual(1);
    const users = known.filter(({ route }) => route === 'create').map(({ json }) => json?.externalUserId);
    expect(new Set(users).size).toBe(users.length);
  });

  it('100 conversations at once stay apart', async () => {
    const words = Array.from({ length: 100 }, (_, at) => `secret${at}x`);
    const ends = await Promise.all(
      words.map((word, at) =>
        converse(at % 2 === 0 ? bench.chat : bench.stream, [
          `The word is ${word}.`,
          `Go on with number ${at}.`,
          'What was the word?',
        ]),
      ),
    );
    expect(ends.map((messages) => said(messages, -1))).toEqual(
      words.map((word) => `The word was “${word}”.`),
    );
    for (const word of words) expect(bench.emulator.toldTo(word).map(({ times }) => times)).toEqual([1]);
    for (const session of bench.emulator.sessions) {
      const told = session.turns.map(({ query }) => query).join('\n');
      expect(words.filter((word) => told.includes(word)).length).toBeLessThanOrEqual(1);
    }
    // Four sign-ins at most for all of that: tokens are shared.
    expect(bench.emulator.journal.of({ route: 'signin' }).length).toBeLessThanOrEqual(2);
  });
});

describe('what is sent', () => {
  it('names map to ids, also the ids themselves', async () => {
    await bench.chat([user('hello')]);
    await bench.chat([user('hello')], { model: endpointId });
    expect(bench.emulator.journal.of({ route: 'query' }).map((entry) => entry.model)).toEqual([
      endpointId,
      endpointId,
    ]);
  });

  it('lists the known names and what is active now', async () => {
    const list = await bench.gateway.openai().models.list();
    const ids = list.data.map(({ id }) => id);
    expect(ids).toContain('gpt-4o');
    expect(ids).toContain(model);
    expect(ids).toContain(endpointId);
    expect(ids).not.toContain('predefined-openai-gpt4o');
  });

  it('refuses embeddings with the reason', async () => {
    const error = await bench.gateway
      .openai()
      .embeddings.create({ model, input: 'x' })
      .catch((thrown: Error) => thrown);
    expect(String(error)).toContain('on-demand.io has no embeddings');
  });
});
