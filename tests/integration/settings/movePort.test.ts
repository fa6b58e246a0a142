import { afterEach, expect, it } from 'vitest';
import { nextFreePort } from '../../../main/server/freePort.ts';
import { createTestCore, type TestCore, testClientKey } from '../../fakes/testCore.ts';

let gateway: TestCore | null = null;
afterEach(async () => {
  await gateway?.close();
  gateway = null;
});

const free = async (): Promise<number> => (await nextFreePort('127.0.0.1', 41_000)) ?? 0;

const settings = { endpoints: [{ id: 'demo', baseUrl: 'demo://local/v1', models: ['demo'] }] };

it('moves a gateway that runs, and names the programs that know the old address', async () => {
  gateway = await createTestCore({ settings });
  for (const agent of ['Old/1.0', 'Newer/2.0', 'Newer/2.0'])
    await gateway.post(
      '/v1/chat/completions',
      { model: 'demo', messages: [{ role: 'user', content: 'hello' }] },
      {
        headers: {
          'user-agent': agent,
          authorization: `Bearer ${testClientKey}`,
          'content-type': 'application/json',
        },
      },
    );
  await gateway.core.flush();
  const port = await free();
  const { status, userAgents } = await gateway.control.gateway.moveToPort({ port });
  expect(status).toMatchObject({ state: 'on', port, address: `http://localhost:${port}/v1` });
  expect(userAgents).toEqual(expect.arrayContaining(['Newer/2.0', 'Old/1.0']));
  expect(userAgents).toHaveLength(2);
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  await expect(fetch(`${gateway.origin}/health`)).rejects.toThrow();
  expect((await gateway.control.settings.get()).server.port).toBe(port);
});

it('leaves a port alone that was given when it was started', async () => {
  gateway = await createTestCore({ settings, platform: { overrides: { host: null, port: await free() } } });
  await expect(gateway.control.gateway.moveToPort({ port: 41_999 })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('SLUICE_PORT'),
  });
  expect((await gateway.get('/health')).status).toBe(200);
});
