// The doctor's steps as a window hears them, over every carrier.
import { describe, expect, it } from 'vitest';
import type { CheckEvent } from '../../main/contract/schemas/check.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import { planted } from './controlBench.ts';

async function gather(events: AsyncIterable<CheckEvent>): Promise<CheckEvent[]> {
  const all: CheckEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe.each(carriers)('a diagnosis %s', (_name, open) => {
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ client } = opened);
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

  it('of what is not there is refused before it begins', async () => {
    await expect(client.endpoints.diagnose({ id: 'nope' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
