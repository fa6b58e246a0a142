// The emulator by the facts of the protocol: credentials, sessions, queries and what a session remembers.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createOndemandEmulator, type OndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import { ask, byKey, dataOf, newSession, query } from '../../fakes/ondemand/rawClient.ts';

let emulator: OndemandEmulator;
const [one, two] = [byKey('key-of-one-000001'), byKey('key-of-two-000002')];
const sol = 'predefined-gpt-5.6-sol';

beforeAll(async () => {
  emulator = await createOndemandEmulator({ keys: ['key-of-one-000001', 'key-of-two-000002'] });
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('API keys', () => {
  const create = (headers: Record<string, string>) =>
    ask(emulator, '/chat/v1/sessions', { headers, json: { externalUserId: 'x' } });

  test.each([
    ['none', {}, 401, 'unauthenticated', 'No API key header'],
    ['a bearer', { authorization: 'Bearer key-of-one-000001' }, 401, 'unauthenticated', 'No API key header'],
    ['an unknown one', { apikey: 'who' }, 401, 'unauthenticated', 'Invalid API Key'],
    ['an empty one', { apikey: '' }, 500, 'server_error', 'An unexpected error occurred'],
  ])('%s is refused in the words of the service', async (_what, headers, status, errorCode, message) => {
    const answer = await create(headers);
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ errorCode, message });
    expect(emulator.sessions).toEqual([]);
  });

  test('a good one makes a draft', async () => {
    const answer = await create({ apikey: 'key-of-one-000001' });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      message: 'Chat session created successfully',
      data: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        externalUserId: 'x',
        status: 'draft',
        pluginIds: [],
        createdAt: expect.stringMatching(/\.\d{9}Z$/),
      },
    });
    expect((await ask(emulator, '/chat/v1/sessions', { headers: one.headers, json: {} })).json).toMatchObject(
      { message: 'externalUserId is required' },
    );
  });
});

describe('sessions', () => {
  test('a draft is not listed before its first query; pages follow a cursor', async () => {
    const ids = [
      await newSession(emulator, one),
      await newSession(emulator, one),
      await newSession(emulator, one),
    ];
    const list = (search: string) => ask(emulator, `/chat/v1/sessions${search}`, { headers: one.headers });
    expect((await list('')).json?.data).toEqual([]);
    for (const id of ids) await query(emulator, one, id, {});
    const first = await list('?sort=asc&limit=2');
    expect(first.json).toMatchObject({
      data: [{ id: ids[0] }, { id: ids[1] }],
      pagination: { next: '2', limit: 2 },
    });
    expect((await list('?sort=asc&limit=2&cursor=2')).json).toMatchObject({
      data: [{ id: ids[2] }],
      pagination: { next: '' },
    });
    expect((await list('?externalUserId=nobody')).json?.data).toEqual([]);
    expect((await list('?limit=51')).status).toBe(400);
    const others = await ask(emulator, '/chat/v1/sessions', { headers: two.headers });
    expect(others.json?.data).toEqual([]);
  });

  test('belong to the key that made them', async () => {
    const id = await newSession(emulator, one);
    const foreign = await query(emulator, two, id, { query: 'mine?' });
    expect(foreign.status).toBe(404);
    expect(foreign.json).toEqual({ errorCode: 'not_found', message: 'Resource not found' });
    expect((await ask(emulator, `/chat/v1/sessions/${id}`, { headers: two.headers })).status).toBe(404);
    expect((await ask(emulator, `/chat/v1/sessions/${id}`, { headers: one.headers })).json).toMatchObject({
      data: { id, status: 'draft' },
    });
    expect(emulator.toldTo('mine?')).toEqual([]);
  });

  test('are gone after they are deleted; what they were told can still be read', async () => {
    const id = await newSession(emulator, one);
    await query(emulator, one, id, { query: 'marker' });
    const remove = () => ask(emulator, `/chat/v1/sessions/${id}`, { method: 'DELETE', headers: one.headers });
    expect((await remove()).json).toEqual({ message: 'Chat session deleted successfully' });
    expect((await remove()).status).toBe(404);
    expect((await query(emulator, one, id, {})).status).toBe(404);
    expect(emulator.toldTo('marker')).toEqual([
      { session: expect.objectContaining({ id, gone: true }), times: 1 },
    ]);
  });

  test('can be forgotten by the service', async () => {
    const [lost, kept] = [await newSession(emulator, one), await newSession(emulator, one)];
    emulator.forgetSessions(lost);
    expect((await query(emulator, one, lost, {})).status).toBe(404);
    expect((await query(emulator, one, kept, {})).status).toBe(200);
    emulator.forgetSessions();
    expect((await query(emulator, one, kept, {})).status).toBe(404);
  });
});

describe('queries', () => {
  // Each body has all the mistakes of those below it: the first in the service's order is what is said.
  test.each([
    [{}, 'endpointId is required'],
    [{ endpointId: null, responseMode: 'x' }, 'endpointId is required'],
    [
      { endpointId: 'predefined-openai-gpt4o', responseMode: 'x' },
      'endpointId predefined-openai-gpt4o is not active',
    ],
    [{ endpointId: `${sol}-medium`, responseMode: 'x' }, `endpointId ${sol}-medium is not active`],
    [
      { endpointId: sol, responseMode: 'x', reasoningEffort: 'high' },
      'responseMode must be one of sync, stream, webhook',
    ],
    [{ endpointId: sol, reasoningEffort: 'high' }, 'responseMode must be one of sync, stream, webhook'],
    [
      { endpointId: sol, responseMode: 'sync', reasoningEffort: 'high' },
      'reasoningEffort must be one of low, medium, max',
    ],
    [{ endpointId: sol, responseMode: 'sync', reasoningEffort: 'max' }, 'query is required'],
  ])('%j is refused: %s', async (body, message) => {
    const id = await newSession(emulator, one);
    const answer = await ask(emulator, `/chat/v1/sessions/${id}/query`, { headers: one.headers, json: body });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ errorCode: 'invalid_request', message });
    expect(emulator.sessions[0]?.turns).toEqual([]);
  });

  test.each([
    [{ temperature: 2.1 }],
    [{ topP: -0.1 }],
    [{ presencePenalty: -1 }],
    [{ frequencyPenalty: 'high' }],
    [{ stopSequences: ['a', 'b', 'c', 'd', 'e'] }],
  ])('settings outside the documented ranges are refused: %j', async (modelConfigs) => {
    const id = await newSession(emulator, one);
    const answer = await query(emulator, one, id, { modelConfigs });
    expect(answer.status).toBe(400);
    expect(answer.json?.message).toContain(`modelConfigs.${Object.keys(modelConfigs)[0]}`);
  });

  test('plugins are no longer served', async () => {
    const id = await newSession(emulator, one);
    const answer = await query(emulator, one, id, { pluginIds: ['plugin-1712327325'] });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      message: 'One or more agents are invalid: agent-1712327325',
      details: { invalidAgentIds: ['agent-1712327325'] },
    });
    expect((await query(emulator, one, id, { pluginIds: [] })).status).toBe(200);
  });

  test('a whole answer quotes the last line and counts tokens', async () => {
    const id = await newSession(emulator, one);
    const answer = await query(emulator, one, id, {
      query: 'System: be kind\n\nUser: good morning, wörld\n\nAssistant:',
      modelConfigs: { fulfillmentPrompt: 'Five words are in here.', stopSequences: ['ö'] },
    });
    expect(answer.json).toEqual({
      message: 'Chat query submitted successfully',
      data: {
        sessionId: id,
        messageId: expect.stringMatching(/^[0-9a-f]{24}$/),
        answer: 'You said “good morning, w',
        status: 'completed',
        metrics: {
          inputTokens: 13,
          outputTokens: 5,
          totalTokens: 18,
          ragTimeSec: 0,
          fulfillmentTimeSec: 0.05,
          totalTimeSec: 0.05,
        },
      },
    });
    // Without a prompt of its own the service's counts.
    const second = await query(emulator, one, id, { query: 'Hi' });
    expect(second.json).toMatchObject({ data: { metrics: { inputTokens: 1_000 + 8 + 5 + 1 } } });
    expect(emulator.sessions[0]?.turns.map(({ prompt }) => prompt)).toEqual([
      'Five words are in here.',
      null,
    ]);
  });

  test('a webhook is answered at once', async () => {
    const id = await newSession(emulator, one);
    const answer = await query(emulator, one, id, { responseMode: 'webhook' });
    expect(answer.json).toMatchObject({ data: { sessionId: id, status: 'processing' } });
  });
});

describe('memory', () => {
  const say = async (id: string, text: string) => {
    const answer = await query(emulator, one, id, { query: text });
    return dataOf<{ answer: string }>(answer).answer;
  };

  test('a session recalls what it was told, another does not', async () => {
    const [first, second] = [await newSession(emulator, one), await newSession(emulator, one)];
    await say(first, 'The word is pelican. My name is “Zoë”.');
    await say(second, 'The word is heron.');
    expect(await say(first, 'What was the word?')).toBe('The word was “pelican”.');
    expect(await say(second, 'And what is the word?')).toBe('The word was “heron”.');
    expect(await say(first, 'What is my name?')).toBe('The name was “Zoë”.');
    expect(await say(second, 'What is my name?')).toBe('Nobody told me the name.');
  });

  test('history within the query is read as well, and the newest word counts', async () => {
    const id = await newSession(emulator, one);
    await say(id, 'The word is pelican.');
    const history =
      'User: The word is stork.\n\nAssistant: You said “The word is stork.”.\n\nUser: What was the word?';
    expect(await say(id, history)).toBe('The word was “stork”.');
  });

  test('says what it is asked to', async () => {
    const id = await newSession(emulator, one);
    expect(await say(id, 'Please count to 12')).toBe('1 2 3 4 5 6 7 8 9 10 11 12');
    expect(await say(id, 'Say exactly: {"a": 1}')).toBe('{"a": 1}');
  });

  test('tells how often a session was told a thing', async () => {
    const [first, second] = [await newSession(emulator, one), await newSession(emulator, two)];
    await say(first, 'marker-a');
    // The same history again is a second time; that the answer quoted it is none.
    await say(first, 'User: marker-a\nAssistant: You said “marker-a”.\nUser: marker-b');
    await query(emulator, two, second, { query: 'marker-b' });
    const told = (marker: string) =>
      emulator.toldTo(marker).map(({ session, times }) => [session.account, times]);
    expect(told('marker-a')).toEqual([['key-1', 2]]);
    expect(told('marker-b')).toEqual([
      ['key-1', 1],
      ['key-2', 1],
    ]);
    expect(told('marker-c')).toEqual([]);
    const messages = await ask(emulator, `/chat/v1/sessions/${second}/messages`, { headers: two.headers });
    expect(messages.json?.data).toMatchObject([{ query: 'marker-b', answer: 'You said “marker-b”.' }]);
  });

  test('a test may put other words into its mouth', async () => {
    const own = await createOndemandEmulator({
      reply: ({ query: text }, { turns }) => (text === 'pass' ? null : `turn ${turns.length}`),
    });
    const caller = byKey(own.keys[0] ?? '');
    const id = await newSession(own, caller);
    const answers = [];
    for (const text of ['a', 'b', 'pass'])
      answers.push((await query(own, caller, id, { query: text })).json?.data);
    expect(answers).toMatchObject([
      { answer: 'turn 0' },
      { answer: 'turn 1' },
      { answer: 'You said “pass”.' },
    ]);
    await own.close();
  });
});

describe('models and the rest', () => {
  const endpoints = (from: OndemandEmulator, caller = byKey(from.keys[0] ?? '')) =>
    ask(from, '/config/v1/public/endpoints', { headers: caller.headers });

  test('the list has both active and inactive ids', async () => {
    const rows = (await endpoints(emulator)).json?.data;
    expect(rows).toContainEqual(
      expect.objectContaining({
        endpoint_id: sol,
        status: 'active',
        reasoning_efforts: ['low', 'medium', 'max'],
        streaming_supported: true,
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ endpoint_id: 'predefined-openai-gpt4o', status: 'inactive' }),
    );
    // Ids that were not even listed any more in 2026-09.
    expect(JSON.stringify(rows)).not.toContain('predefined-claude-3.7-sonnet');
    expect((await ask(emulator, '/config/v1/public/endpoints')).json?.message).toBe('No API key header');
    const modes = await ask(emulator, '/config/v1/public/reasoning_modes', { headers: one.headers });
    expect(modes.json).toMatchObject({
      reasoningModes: { predefined: [{ rank: 1 }, {}, {}, {}], userdefined: [] },
    });
  });

  test.each(['array', 'data', 'endpoints'] as const)('the list may stand in: %s', async (listEnvelope) => {
    const own = await createOndemandEmulator({ listEnvelope, active: ['predefined-openai-gpt4o', 'byoi-1'] });
    const json = (await endpoints(own)).json;
    const rows: unknown = listEnvelope === 'array' ? json : json?.[listEnvelope];
    const served = Array.isArray(rows) ? rows.filter((row) => row.status === 'active') : [];
    expect(served.map((row) => row.endpoint_id).toSorted()).toEqual(['byoi-1', 'predefined-openai-gpt4o']);
    const caller = byKey(own.keys[0] ?? '');
    const id = await newSession(own, caller);
    expect((await query(own, caller, id, { endpointId: 'predefined-openai-gpt4o' })).status).toBe(200);
    expect((await query(own, caller, id, { endpointId: sol })).status).toBe(400);
    await own.close();
  });

  test('files are taken, by address, and belong to a session', async () => {
    const session = await newSession(emulator, one);
    const upload = (json: object) => ask(emulator, '/media/v1/public/file', { headers: one.headers, json });
    const file = {
      url: 'https://example.com/a/cat.png',
      plugins: ['plugin-1713958591'],
      responseMode: 'sync',
    };
    const made = await upload({ ...file, sessionId: session });
    expect(made.json).toMatchObject({
      message: 'Media Created',
      data: { mimeType: 'image/png', actionStatus: 'completed', extractedText: 'Text of cat.png' },
    });
    expect(emulator.sessions[0]?.media).toEqual(['cat.png']);
    const { id } = dataOf<{ id: string }>(made);
    const at = (caller: typeof one, method = 'GET') =>
      ask(emulator, `/media/v1/public/file/${id}`, { method, headers: caller.headers });
    expect((await at(two)).status).toBe(404);
    expect((await at(one)).json).toMatchObject({ data: { id } });
    expect((await at(one, 'DELETE')).status).toBe(200);
    expect((await at(one)).status).toBe(404);
    expect((await upload({ ...file, sessionId: 'none' })).status).toBe(404);
    expect((await upload({ ...file, url: undefined })).json?.message).toBe('url is required');
    expect((await upload({ ...file, responseMode: 'stream' })).status).toBe(400);
  });

  test('other paths and methods are refused', async () => {
    const lost = await ask(emulator, '/chat/v2/sessions', { headers: one.headers });
    expect(lost.status).toBe(404);
    expect(lost.json).toEqual({ message: 'no Route matched with those values' });
    const wrong = await ask(emulator, '/chat/v1/sessions', { method: 'PUT', headers: one.headers });
    expect(wrong.status).toBe(405);
    expect(wrong.json?.errorCode).toBe('method_not_allowed');
  });

  test('the journal keeps bodies and no keys', async () => {
    const id = await newSession(emulator, one);
    await query(emulator, one, id, { query: 'keep me', endpointId: `${sol}!no-metrics` });
    const [entry] = emulator.journal.of({ account: 'key-1', route: 'query', model: sol });
    expect(entry).toMatchObject({
      session: id,
      status: 200,
      ended: 'answered',
      fault: `no-metrics`,
      key: null,
      json: { query: 'keep me', responseMode: 'sync' },
    });
    expect(entry?.headers.apikey).toBe('••0001');
    expect(entry?.rawHeaders).toContain('••0001');
    expect(JSON.stringify(emulator.journal.entries)).not.toContain('key-of-one');
    expect(emulator.journal.of({ account: 'key-2' })).toEqual([]);
  });
});
