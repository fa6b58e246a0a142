import { isDefinedError, safe } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { createPushStream, type PushSink } from '../../main/base/pushStream.ts';
import type { TrialEvent, TrialInput } from '../../main/contract/schemas/trial.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { type ControlBench, requestRecord } from './controlBench.ts';

/** A trial that the test leads: it says what the test tells it to, and notes when it was left. */
interface LedTrial {
  input: TrialInput;
  sink: PushSink<TrialEvent>;
  left: Promise<void>;
}

describe.each(carriers)('a request of the window %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  let begun: Promise<LedTrial>;

  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
    let tell: (trial: LedTrial) => void;
    begun = new Promise((resolve) => {
      tell = resolve;
    });
    bench.tries((input, signal) =>
      createPushStream<TrialEvent>(
        (sink) => {
          let leave = (): void => {};
          tell({
            input,
            sink,
            left: new Promise((resolve) => {
              leave = resolve;
            }),
          });
          return leave;
        },
        { signal },
      ),
    );
  });

  it('tells each part of the answer as it comes, and ends with the last one', async () => {
    const body = { model: 'gpt-4', messages: [{ role: 'user', content: '你好' }], stream: true };
    const events = await client.requests.try({ body, endpointId: 'main' });
    const { input, sink } = await begun;
    expect(input).toEqual({ operation: 'chat', body, endpointId: 'main' });
    const record = requestRecord('r1');
    const told: TrialEvent[] = [
      { type: 'started', recordId: 'r1' },
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: '你' },
      { type: 'toolCall', name: 'look', arguments: '{"at":1}' },
      { type: 'done', record, body: '{"choices":[]}' },
    ];
    for (const event of told) {
      sink.push(event);
      expect(await events.next()).toEqual({ done: false, value: event });
    }
    sink.finish();
    expect((await events.next()).done).toBe(true);
  });

  it('is cancelled by leaving it', async () => {
    const events = await client.requests.try({ body: { model: 'gpt-4' } });
    const { sink, left } = await begun;
    sink.push({ type: 'started', recordId: 'r1' });
    await events.next();
    await events.return?.();
    await left;
  });

  it('is cancelled by a signal', async () => {
    const leaving = new AbortController();
    const events = await client.requests.try({ body: { model: 'gpt-4' } }, { signal: leaving.signal });
    const { sink, left } = await begun;
    sink.push({ type: 'started', recordId: 'r1' });
    await events.next();
    leaving.abort();
    await left;
  });

  it('takes a body with an image in it', async () => {
    const image = `data:image/png;base64,${'iVBORw0K'.repeat(100_000)}`;
    const events = await client.requests.try({ body: { model: 'gpt-4', image } });
    const { input, sink } = await begun;
    expect(input.body.image).toBe(image);
    sink.finish();
    expect((await events.next()).done).toBe(true);
  });

  it('says which endpoint there is not, and which operation', async () => {
    const missing = await safe(client.requests.try({ body: { model: 'm' }, endpointId: 'nope' }));
    expect(missing.error).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('"nope"') });
    const wrong = await safe(client.requests.try({ operation: 'images' as 'chat', body: {} }));
    expect(isDefinedError(wrong.error)).toBe(true);
    expect(wrong.error).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'operation' }] } });
  });
});
