// Each fault of the emulator, as a client meets it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { faultNames } from '../../fakes/ondemand/faults.ts';
import { createOndemandEmulator, type OndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import { answerIn, ask, byKey, eventsOf, newSession, query } from '../../fakes/ondemand/rawClient.ts';

let emulator: OndemandEmulator;
let session = '';
const [one, two] = [byKey('key-of-one-000001'), byKey('key-of-two-000002')];
const said = 'You said “Grüße”.';

beforeAll(async () => {
  emulator = await createOndemandEmulator({ keys: ['key-of-one-000001', 'key-of-two-000002'] });
});
beforeEach(async () => {
  session = await newSession(emulator, one);
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const asked = { query: 'Grüße', responseMode: 'stream' };
const stream = (patienceMs?: number) =>
  query(emulator, one, session, asked, patienceMs === undefined ? {} : { patienceMs });
const create = () =>
  ask(emulator, '/chat/v1/sessions', { headers: one.headers, json: { externalUserId: 'x' } });

describe('refusals', () => {
  test.each([
    ['400', 400, { errorCode: 'invalid_request' }],
    ['400-context', 400, { errorCode: 'context_length_exceeded', message: 'Model context length exceeded' }],
    ['401', 401, { errorCode: 'unauthenticated', message: 'Unauthorized' }],
    ['invalid-key', 401, { errorCode: 'unauthenticated', message: 'Invalid API Key' }],
    ['403', 403, { errorCode: 'unauthorized', message: 'Unauthorized' }],
    ['403-policy', 403, { errorCode: 'content_policy_violation' }],
    ['404', 404, { errorCode: 'not_found', message: 'Resource not found' }],
    ['404-route', 404, { message: 'no Route matched with those values' }],
    [
      'inactive',
      400,
      { errorCode: 'invalid_request', message: 'endpointId predefined-gpt-5.6-luna is not active' },
    ],
    ['429', 429, { errorCode: 'rate_limit_exceeded' }],
    ['500', 500, { errorCode: 'server_error', message: 'Internal server error' }],
    ['502', 502, { errorCode: 'bad_gateway' }],
    ['503', 503, { errorCode: 'resource_unavailable' }],
    ['504', 504, { errorCode: 'plugin_execution_timeout' }],
  ])('%s, once; nothing was told', async (fault, status, body) => {
    emulator.script(fault);
    const answer = await stream();
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject(body);
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(emulator.sessions[0]?.turns).toEqual([]);
    expect(emulator.journal.last()).toMatchObject({ fault, status, account: 'key-1' });
    expect((await stream()).status).toBe(200);
  });

  test('a route miss has no error code', async () => {
    emulator.script('404-route');
    expect((await create()).json).toEqual({ message: 'no Route matched with those values' });
  });

  test('429 may say when to come back', async () => {
    emulator.script('429:7');
    expect((await create()).headers['retry-after']).toBe('7');
  });

  test('500 without a body, and pages instead of JSON', async () => {
    emulator.script('500-empty', '520', '524', 'html200');
    expect(await stream()).toMatchObject({ status: 500, text: '' });
    for (const status of [520, 524]) {
      const page = await stream();
      expect(page).toMatchObject({ status, json: null });
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.text).toContain('<html');
    }
    expect(await stream()).toMatchObject({ status: 200, json: null, text: expect.stringContaining('<html') });
  });

  test.each([
    ['unknown-session', 404, 'Resource not found'],
    ['unknown-session-400', 400, 'sessionId'],
  ])('%s: it is forgotten for good, another is not', async (fault, status, message) => {
    emulator.script(fault);
    const answer = await stream();
    expect([answer.status, String(answer.json?.message)]).toEqual([status, expect.stringContaining(message)]);
    expect((await stream()).status).toBe(404);
    session = await newSession(emulator, one);
    expect((await stream()).status).toBe(200);
  });
});

describe('which request a fault is for', () => {
  test('those of one account, in order; the other goes on', async () => {
    emulator.scriptFor({ account: 'key-1' }, '429', '429', '401');
    const other = await newSession(emulator, two);
    expect((await query(emulator, two, other, {})).status).toBe(200);
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await stream()).status);
    expect(statuses).toEqual([429, 429, 401, 200]);
  });

  test('a fault of answers waits for a query, one of a route for that route', async () => {
    emulator.script('cut@3');
    expect((await create()).status).toBe(201);
    expect((await stream()).cut).toBe(true);
    emulator.scriptFor({ route: 'endpoints' }, '503');
    expect((await stream()).status).toBe(200);
    const list = () => ask(emulator, '/config/v1/public/endpoints', { headers: one.headers });
    expect((await list()).status).toBe(503);
    expect((await list()).status).toBe(200);
    emulator.scriptFor({ route: 'create' }, 'cut@10');
    expect((await stream()).cut).toBe(false);
    expect((await create()).cut).toBe(true);
  });

  test('a standing fault stands until it is taken away', async () => {
    emulator.set({ account: 'key-1' }, '429');
    expect([(await stream()).status, (await create()).status]).toEqual([429, 429]);
    expect(await newSession(emulator, two)).toBeTruthy();
    emulator.set({ account: 'key-1' }, null);
    expect((await stream()).status).toBe(200);
    emulator.set({ model: 'predefined-kimi-k3' }, '503');
    expect((await stream()).status).toBe(200);
    expect((await query(emulator, one, session, { endpointId: 'predefined-kimi-k3' })).status).toBe(503);
  });

  test('a misspelt one is refused', () => {
    expect(() => emulator.script('4z9')).toThrow('no fault');
    expect(() => emulator.set({}, 'cutt@3')).toThrow('no fault');
  });

  test('every name can be played, and the next request is served as ever', async () => {
    // `expired` is for tokens.
    for (const fault of faultNames.filter((name) => name !== 'expired')) {
      session = await newSession(emulator, one);
      emulator.scriptFor({ route: 'query' }, fault);
      await stream(300).catch(() => undefined);
      expect(emulator.journal.of({ route: 'query' }).at(-1)?.fault).toBe(fault);
      session = await newSession(emulator, one);
      expect(answerIn(eventsOf(await stream()))).toBe(said);
    }
  });
});

describe('streams', () => {
  test.each(['drip:0', 'half', 'utf8split', 'crlf'])('%s still gives the whole answer', async (fault) => {
    emulator.script(fault);
    const answer = await stream();
    const events = eventsOf(answer);
    expect(answerIn(events)).toBe(said);
    expect(events.at(-1)?.data).toBe('[DONE]');
    const bare = answer.text.replaceAll('\r\n', '');
    if (fault === 'crlf') expect(bare).not.toContain('\n');
    else expect(answer.packets).toBeGreaterThan(3);
  });

  test('utf8split tears a character', async () => {
    emulator.script('utf8split');
    const torn: string[] = [];
    await query(emulator, one, session, asked, { onPacket: (text) => torn.push(text) });
    expect(torn.join('')).toContain('\ufffd');
  });

  test('cut, rst and fin break off after N events', async () => {
    emulator.script('cut@4', 'rst@4', 'fin@4', 'cut@0');
    for (const cut of [true, true, false]) {
      const answer = await stream();
      expect(answer.cut).toBe(cut);
      expect(eventsOf(answer)).toHaveLength(4);
      expect(answerIn(eventsOf(answer))).toBe('You said');
    }
    await expect(stream()).rejects.toThrow();
    // It was told all the same: who asks the same session again tells it twice.
    expect(emulator.toldTo('Grüße')).toMatchObject([{ times: 4 }]);
  });

  test('no-done ends in good order before [DONE]', async () => {
    emulator.script('no-done');
    const answer = await stream();
    expect([answer.cut, answerIn(eventsOf(answer)), answer.text.includes('[DONE]')]).toEqual([
      false,
      said,
      false,
    ]);
  });

  test('bad-json breaks one piece of the answer and no other event', async () => {
    emulator.script('bad-json');
    const events = eventsOf(await stream());
    const broken = events.filter(({ json, data }) => json === null && data !== '[DONE]');
    expect(broken.map(({ data }) => data)).toEqual([expect.stringContaining('"answer": "You"')]);
    expect(answerIn(events)).toBe(' said “Grüße”.');
  });

  test('done-empty has all but an answer, in a stream and whole', async () => {
    emulator.script('done-empty', 'done-empty');
    const events = eventsOf(await stream());
    expect(answerIn(events)).toBe('');
    expect(events.some(({ json }) => json?.eventType === 'metricsLog')).toBe(true);
    expect(events.at(-1)?.data).toBe('[DONE]');
    const whole = await query(emulator, one, session, {});
    expect(whole.json).toMatchObject({
      data: { answer: '', status: 'completed', metrics: { outputTokens: 0 } },
    });
  });

  test('error stands before or in the answer and ends it', async () => {
    emulator.script('error', 'error@2', 'error-context', 'error');
    const [before, middle, context] = [await stream(), await stream(), await stream()].map(eventsOf);
    const last = '[ERROR]:{"message":"Internal server error","errorCode":"model_error"}';
    expect([answerIn(before ?? []), before?.at(-1)?.data]).toEqual(['', last]);
    expect([answerIn(middle ?? []), middle?.at(-1)?.data]).toEqual(['You said', last]);
    expect(context?.map(({ data }) => data)).toEqual([
      '[ERROR]:{"message":"Model context length exceeded","errorCode":"context_length_exceeded"}',
    ]);
    expect((await query(emulator, one, session, {})).status).toBe(500);
  });

  test('stall begins and says nothing more; a client that leaves is noticed', async () => {
    emulator.script('stall@4');
    let heard = '';
    const onPacket = (text: string) => {
      heard += text;
      return !heard.includes(' said');
    };
    const answer = await query(emulator, one, session, asked, { onPacket });
    expect([answer.cut, answerIn(eventsOf(answer))]).toEqual([true, 'You said']);
    await emulator.journal.waitFor((entries) => entries.at(-1)?.ended === 'client');
  });

  test('blackhole says nothing at all', async () => {
    emulator.script('blackhole');
    await expect(stream(100)).rejects.toThrow('patience');
    await emulator.journal.waitFor((entries) => entries.at(-1)?.ended === 'client');
    expect(emulator.journal.last().status).toBe(null);
  });

  test('slow-first-byte keeps the head back', async () => {
    emulator.script('slow-first-byte:80');
    const began = performance.now();
    expect(answerIn(eventsOf(await stream()))).toBe(said);
    expect(performance.now() - began).toBeGreaterThan(75);
  });
});
