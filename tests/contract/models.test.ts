// The operations of the models' page, over each carrier.
import { describe, expect, it } from 'vitest';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import type { ControlBench } from './controlBench.ts';
import { refusal } from './refusal.ts';

describe.each(carriers)('models %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  it('tell where a request would go now, and why not elsewhere, without taking anything', async () => {
    bench.health.hold('main/a1', null, { state: 'refused', until: null, reason: 'bad key' });
    // Two more endpoints have never told their lists: they are asked for any name.
    const preview = await client.models.preview({ model: 'gpt-4' });
    expect(preview.candidates.map(({ endpointId }) => endpointId)).toEqual(['pool', 'local']);
    expect(preview.skipped).toEqual([
      {
        endpointId: 'main',
        accountId: 'a1',
        code: 'refused',
        facts: { words: 'bad key' },
        reason: 'credential refused: bad key',
        until: null,
      },
      {
        endpointId: 'main',
        accountId: 'a2',
        code: 'account-off',
        facts: {},
        reason: 'account is switched off',
        until: null,
      },
    ]);
    await client.accounts.clear({ id: 'main', accountId: 'a1' });
    const again = await client.models.preview({ model: 'gpt-4' });
    expect(again.candidates[0]).toMatchObject({
      endpointId: 'main',
      accountId: 'a1',
      upstreamModel: 'gpt-4o',
      held: null,
    });
    const account = (await client.endpoints.list())[0]?.accounts[0];
    expect(account).toMatchObject({ inFlight: 0, usage: { rpm: 0, rpd: 0 } });
  });

  it('take names one by one, and leave the others be', async () => {
    const view = await client.models.map({ endpointId: 'main', names: { fast: 'gpt-4o', 'gpt-4': null } });
    expect(view.modelMapping).toEqual({ 'claude-*': 'x/*', fast: 'gpt-4o' });
    expect((await client.models.list()).map(({ id }) => id)).toContain('fast');
  });

  it('keep the names that came with on-demand.io beside the first of the user’s own', async () => {
    const named = async () =>
      (await client.models.list()).filter(({ routes }) => routes[0]?.endpointId === 'pool');
    const before = (await named()).length;
    await client.models.map({ endpointId: 'pool', names: { mine: 'predefined-x' } });
    expect(before).toBeGreaterThan(5);
    expect((await named()).length).toBe(before + 1);
  });

  it('say which endpoint leaves a name out, and refuse what leaves out nothing', async () => {
    const kept = await client.endpoints.update({
      id: 'main',
      patch: { models: ['gpt-4o', 'left-1', '!left-*'] },
    });
    expect(kept).toMatchObject({ models: ['gpt-4o', 'left-1', '!left-*'], servedModels: ['gpt-4o'] });
    const preview = await client.models.preview({ model: 'left-1' });
    expect(preview.skipped).toContainEqual({
      endpointId: 'main',
      accountId: null,
      code: 'excluded',
      facts: { pattern: 'left-*' },
      reason: 'left out of the endpoint\'s models by "!left-*"',
      until: null,
    });
    expect((await client.models.list()).map(({ id }) => id)).not.toContain('left-1');
    // What a mapping names is served, whatever is left out.
    await client.models.map({ endpointId: 'main', names: { 'left-mapped': 'left-1' } });
    expect((await client.models.preview({ model: 'left-mapped' })).skipped).not.toContainEqual(
      expect.objectContaining({ code: 'excluded' }),
    );
    const wrong: Promise<unknown>[] = [
      client.endpoints.update({ id: 'main', patch: { models: ['!'] } }),
      client.clientKeys.create({ name: 'Wrong', models: ['*', '!!o1'] }),
    ];
    for (const call of wrong) {
      const { code, data } = await refusal(call);
      expect(code).toBe('INVALID');
      expect(JSON.stringify(data)).toContain('such as \\"!gpt-4o*\\"');
    }
  });

  it('refuse names of nowhere, and empty ones', async () => {
    const code = async (call: Promise<unknown>) => (await refusal(call)).code;
    expect(await code(client.models.map({ endpointId: 'nope', names: {} }))).toBe('NOT_FOUND');
    expect(await code(client.models.map({ endpointId: 'main', names: { x: '' } }))).toBe('INVALID');
    expect(await code(client.models.preview({ model: '' }))).toBe('INVALID');
  });
});
