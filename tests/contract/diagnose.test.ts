// The doctor's steps as a window hears them, over every carrier.
import { describe, expect, it } from 'vitest';
import type { CheckEvent } from '../../main/contract/schemas/check.ts';
import type { ControlClient } from '../../main/control/router.ts';
import type { CompiledEndpoint } from '../../main/registry/snapshot.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { type ControlBench, planted } from './controlBench.ts';
import { refusal } from './refusal.ts';

async function gather(events: AsyncIterable<CheckEvent>): Promise<CheckEvent[]> {
  const all: CheckEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe.each(carriers)('a diagnosis %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  it('is told step by step, account by account, ends by itself, and holds no secret', async () => {
    const main = await gather(await client.endpoints.diagnose({ id: 'main', accountId: 'a1' }));
    expect(main.map(({ type }) => type)).toEqual(['plan', 'step', 'account']);
    const pool = await gather(await client.endpoints.diagnose({ id: 'pool', all: true }));
    const [plan] = pool;
    const planned = plan?.type === 'plan' ? plan.accounts : [];
    const ended = pool.flatMap((event) => (event.type === 'account' ? [event.account] : []));
    expect(ended).toEqual(planned);
    const draft = await gather(
      await client.endpoints.diagnoseDraft({
        baseUrl: 'https://draft.test/v1',
        accounts: [{ secret: planted.draft }],
      }),
    );
    const told = JSON.stringify([main, pool, draft]);
    expect(told).toContain('draft.test');
    for (const secret of Object.values(planted)) expect(told).not.toContain(secret);
  });

  describe('of an edit that is not saved', () => {
    type Edit = Parameters<ControlClient['endpoints']['check']>[0];
    /** `<address> <account> <model> refused the key <key>`, as the bench's probe says it. */
    async function saidOf(edit: Omit<Edit, 'id'>): Promise<string> {
      const events = await gather(await client.endpoints.diagnose({ id: 'main', ...edit }));
      const report = await client.endpoints.check({ id: 'main', ...edit });
      const [said] = events.flatMap((event) => (event.type === 'step' ? [event.step.detail] : []));
      expect(report.steps.map(({ detail }) => detail)).toEqual([said]);
      return said ?? '';
    }

    it('goes where the edit says, with the stored key where the origin stays', async () => {
      const patch = { baseUrl: 'https://api.main.test/v2', proxy: null, headers: { Authorization: '••' } };
      expect(await saidOf({ patch })).toBe('https://api.main.test/v2 a1 null refused the key ••8vXw');
    });

    it.each([{ baseUrl: 'https://elsewhere.test/v1' }, { baseUrl: 'http://api.main.test/v1' }])(
      'brings no stored key to another origin: %j',
      async (patch) => {
        const told: CompiledEndpoint[] = [];
        const { diagnose } = bench.deps.probe;
        bench.deps.probe.diagnose = (endpoint, ...rest) => {
          told.push(endpoint);
          return diagnose(endpoint, ...rest);
        };
        expect(await saidOf({ patch })).toBe(`${patch.baseUrl} a1 null refused the key none`);
        const everything = JSON.stringify(told);
        for (const stored of [planted.account, planted.fromEnvironment, planted.header, planted.option])
          expect(everything).not.toContain(stored);
      },
    );

    it('takes a key typed with it, and masks it', async () => {
      const patch = { baseUrl: 'https://elsewhere.test/v1' };
      const said = await saidOf({ patch, secrets: { a1: planted.draft }, model: 'm' });
      expect(said).toBe('https://elsewhere.test/v1 a1 m refused the key ••Uu31');
    });

    it('leaves settings, vault and windows as they were', async () => {
      const { config, vault, liveBus, snapshots } = bench.deps;
      const before = { settings: structuredClone(config.settings), snapshot: snapshots.current };
      const refs = () => Promise.all([vault.get('account/main/a1'), vault.get('account/main/a1~')]);
      const kept = await refs();
      const heard: string[] = [];
      const quiet = liveBus.subscribe(({ name }) => void heard.push(name));
      await saidOf({ patch: { baseUrl: 'https://elsewhere.test' }, secrets: { a1: planted.draft } });
      quiet();
      expect(config.settings).toEqual(before.settings);
      expect(snapshots.current).toBe(before.snapshot);
      expect(await refs()).toEqual(kept);
      expect(heard).toEqual([]);
    });

    it('refuses at the field what saving would refuse', async () => {
      const wrong = { patch: { headers: { 'X-Api-Key': '••' } } };
      const issues = [{ path: expect.stringMatching(/^headers/) }];
      for (const call of [client.endpoints.check, client.endpoints.diagnose])
        expect(await refusal(call({ id: 'main', ...wrong }))).toMatchObject({ data: { issues } });
      const stranger = { id: 'main', secrets: { nobody: planted.draft } };
      expect(await refusal(client.endpoints.check(stranger))).toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  it('of what is not there is refused before it begins', async () => {
    await expect(client.endpoints.diagnose({ id: 'nope' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
