// The spending mode over each carrier: what goes in, what the status says, what the plan makes of it.
import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../main/contract/events.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import type { ControlBench } from './controlBench.ts';
import { refusal } from './refusal.ts';

describe.each(carriers)('the spending mode %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  const codesIn = async () =>
    new Set((await client.models.preview({ model: 'gpt-4' })).skipped.map(({ code }) => code));

  it('is normal until another is set, and each is answered with the status it makes', async () => {
    expect((await client.gateway.status()).spending).toEqual({ mode: 'normal' });
    expect((await client.gateway.setSpending({ mode: 'free' })).spending).toEqual({ mode: 'free' });
    expect((await client.gateway.status()).spending).toEqual({ mode: 'free' });
    expect((await client.gateway.setSpending({ mode: 'paused' })).spending).toEqual({
      mode: 'paused',
      until: null,
    });
    expect((await client.gateway.setSpending({ mode: 'normal' })).spending).toEqual({ mode: 'normal' });
  });

  it('lasts an hour for one endpoint unless another time is asked for', async () => {
    const about = (minutes: number) => bench.deps.clock.now() + minutes * 60_000;
    const chosen = (await client.gateway.setSpending({ mode: 'endpoint', endpointId: 'pool' })).spending;
    expect(chosen).toMatchObject({ mode: 'endpoint', endpointId: 'pool' });
    expect('until' in chosen && chosen.until).toBeGreaterThan(about(59));
    expect('until' in chosen && chosen.until).toBeLessThanOrEqual(about(60));
    const paused = (await client.gateway.setSpending({ mode: 'paused', minutes: 5 })).spending;
    expect('until' in paused && paused.until).toBeGreaterThan(about(4));
    expect('until' in paused && paused.until).toBeLessThanOrEqual(about(5));
  });

  it('refuses what makes no sense and leaves the mode as it was', async () => {
    await client.gateway.setSpending({ mode: 'free' });
    const error = await refusal(client.gateway.setSpending({ mode: 'endpoint', endpointId: 'nobody' }));
    expect(error).toMatchObject({ code: 'NOT_FOUND', message: 'There is no endpoint "nobody".' });
    for (const minutes of [0, 1.5, 1_441]) {
      const bad = await refusal(client.gateway.setSpending({ mode: 'paused', minutes }));
      expect(bad, `${minutes}`).toMatchObject({ code: 'INVALID' });
    }
    expect((await client.gateway.status()).spending).toEqual({ mode: 'free' });
  });

  it('is seen in the plan, and told as a change of the status', async () => {
    const heard: LiveEvent['name'][] = [];
    const stop = bench.deps.liveBus.subscribe(({ name }) => heard.push(name), ['status']);
    await client.endpoints.update({ id: 'pool', patch: { free: true } });
    await client.gateway.setSpending({ mode: 'free' });
    stop();
    expect(heard).toContain('status');
    const free = await client.models.preview({ model: 'gpt-4' });
    expect(free.candidates.map(({ endpointId }) => endpointId)).toEqual(['pool']);
    expect([...(await codesIn())].sort()).toEqual(['account-off', 'not-free']);
    await client.gateway.setSpending({ mode: 'endpoint', endpointId: 'main' });
    const one = await client.models.preview({ model: 'gpt-4' });
    expect(new Set(one.candidates.map(({ endpointId }) => endpointId))).toEqual(new Set(['main']));
    const skip = one.skipped.find(({ code }) => code === 'not-chosen');
    expect(skip).toMatchObject({ facts: { only: 'main' }, until: expect.any(Number) });
    await client.gateway.setSpending({ mode: 'paused' });
    expect((await client.models.preview({ model: 'gpt-4' })).candidates).toEqual([]);
    expect(await codesIn()).toContain('paused');
    const [model] = await client.models.list();
    expect(new Set(model?.routes.map(({ state }) => state))).toEqual(new Set(['off']));
  });

  it('ends with its endpoint', async () => {
    await client.gateway.setSpending({ mode: 'endpoint', endpointId: 'pool' });
    await client.endpoints.remove({ id: 'pool' });
    expect((await client.gateway.status()).spending).toEqual({ mode: 'normal' });
  });

  it('an endpoint says whether it is free; the presets of local servers and the demo do', async () => {
    const plain = await client.endpoints.create({ baseUrl: 'https://api.example.com/v1' });
    expect(plain.free).toBe(false);
    expect((await client.endpoints.update({ id: plain.id, patch: { free: true } })).free).toBe(true);
    expect((await client.endpoints.createDemo()).free).toBe(true);
    const presets = await client.endpoints.presets();
    expect(presets.filter(({ free }) => free).map(({ id }) => id)).toEqual(['demo', 'ollama', 'lmstudio']);
  });
});
