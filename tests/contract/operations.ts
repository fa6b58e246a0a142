import { traverseContractProcedures } from '@orpc/server';
import { contract } from '../../main/contract/operations.ts';
import type { ControlClient } from '../../main/control/router.ts';
import { planted } from './controlBench.ts';

export interface OperationRoute {
  /** `endpoints.create` */
  name: string;
  method: string;
  /** `/endpoints/{id}` */
  path: string;
}

/** Every operation of the contract, as it is routed over HTTP. */
export function operationRoutes(): OperationRoute[] {
  const routes: OperationRoute[] = [];
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
    const { route } = procedure['~orpc'];
    routes.push({ name: path.join('.'), method: route.method ?? 'POST', path: route.path ?? '' });
  });
  return routes;
}

const key = { name: 'New', models: ['*'], limits: {}, budgetUsdPerDay: null, expiresAt: null };
const draft = {
  name: 'Draft',
  baseUrl: 'https://draft.test/v1',
  accounts: [{ secret: planted.draft }],
  headers: { 'X-Api-Key': planted.header },
};

async function gather<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** What another program's file holds: a key of an endpoint of our own, and one of a new one. */
const importText = JSON.stringify({
  server: { apiKey: planted.unseenKey },
  apis: [
    { name: 'Main', baseUrl: 'https://api.main.test', apiKey: planted.account, models: ['gpt-4o'] },
    { name: 'Backup', baseUrl: 'https://api.backup.test', apiKey: planted.draft, rpm: 5, models: ['gpt-4o'] },
  ],
});

/** One good call of each operation against the bench's settings, in an order in which all succeed. */
export const oneOfEach: Record<string, (client: ControlClient) => Promise<unknown>> = {
  'gateway.status': (client) => client.gateway.status(),
  'gateway.stop': (client) => client.gateway.stop(),
  'gateway.start': (client) => client.gateway.start(),
  'gateway.setSpending': (client) => client.gateway.setSpending({ mode: 'normal' }),
  'gateway.moveToPort': (client) => client.gateway.moveToPort({ port: 8283 }),
  'endpoints.list': (client) => client.endpoints.list(),
  'endpoints.presets': (client) => client.endpoints.presets(),
  'endpoints.create': (client) => client.endpoints.create(draft),
  'endpoints.createDemo': (client) => client.endpoints.createDemo(),
  'endpoints.update': (client) =>
    client.endpoints.update({ id: 'main', patch: { weight: 2 }, secrets: { a1: planted.draft } }),
  'endpoints.reorder': (client) => client.endpoints.reorder({ ids: ['local', 'main'] }),
  'endpoints.check': (client) => client.endpoints.check({ id: 'main' }),
  'endpoints.checkDraft': (client) => client.endpoints.checkDraft(draft),
  'endpoints.diagnose': async (client) => gather(await client.endpoints.diagnose({ id: 'main', all: true })),
  'endpoints.diagnoseDraft': async (client) => gather(await client.endpoints.diagnoseDraft(draft)),
  'endpoints.fetchModels': (client) => client.endpoints.fetchModels({ id: 'local' }),
  'endpoints.remove': (client) => client.endpoints.remove({ id: 'local' }),
  'accounts.add': (client) => client.accounts.add({ id: 'main', account: { secret: planted.draft } }),
  'accounts.update': (client) =>
    client.accounts.update({ id: 'main', accountId: 'a1', patch: { secret: planted.account } }),
  'accounts.clear': (client) => client.accounts.clear({ id: 'main', accountId: 'a1' }),
  'accounts.remove': (client) => client.accounts.remove({ id: 'main', accountId: 'a2' }),
  'clientKeys.list': (client) => client.clientKeys.list(),
  'clientKeys.create': (client) => client.clientKeys.create(key),
  'clientKeys.update': (client) => client.clientKeys.update({ id: 'default', patch: { name: 'Renamed' } }),
  'clientKeys.claim': (client) => client.clientKeys.claim({ id: 'fresh' }),
  'clientKeys.copy': (client) => client.clientKeys.copy({ id: 'default' }),
  'clientKeys.test': (client) => client.clientKeys.test({ id: 'default', model: 'gpt-4o' }),
  'clientKeys.rotate': (client) => client.clientKeys.rotate({ id: 'default', graceMinutes: 60 }),
  'clientKeys.endPrevious': (client) => client.clientKeys.endPrevious({ id: 'default' }),
  'clientKeys.remove': (client) => client.clientKeys.remove({ id: 'fresh' }),
  'removed.restore': async (client) => {
    const { undo } = await client.accounts.remove({ id: 'main', accountId: 'a1' });
    return client.removed.restore({ undo });
  },
  'models.list': (client) => client.models.list(),
  'models.preview': (client) => client.models.preview({ model: 'gpt-4' }),
  'models.map': (client) => client.models.map({ endpointId: 'main', names: { fast: 'gpt-4o' } }),
  'records.list': (client) => client.records.list({}),
  'records.get': (client) => client.records.get({ id: 'seeded' }),
  'records.body': (client) => client.records.body({ id: 'seeded' }),
  'requests.try': async (client) => {
    const events: unknown[] = [];
    for await (const event of await client.requests.try({ body: { model: 'gpt-4', messages: [] } }))
      events.push(event);
    return events;
  },
  'usage.summary': (client) => client.usage.summary({ span: '24h' }),
  'usage.series': (client) => client.usage.series({ span: '1h' }),
  'usage.heatMap': (client) => client.usage.heatMap(),
  'usage.live': (client) => client.usage.live(),
  'usage.names': (client) => client.usage.names(),
  'settings.get': (client) => client.settings.get(),
  'settings.update': (client) => client.settings.update({ routing: { strategy: 'priority' } }),
  'settings.decideOrigin': (client) =>
    client.settings.decideOrigin({ origin: 'https://app.example.com', allow: true }),
  'settings.testProxy': (client) =>
    client.settings.testProxy({ proxy: `http://me:${planted.proxy}@127.0.0.1:9` }),
  'usage.store': (client) => client.usage.store(),
  'transfer.export': (client) => client.transfer.export({}),
  'transfer.plan': (client) => client.transfer.plan({ text: importText }),
  'transfer.apply': (client) => client.transfer.apply({ text: importText }),
  'transfer.undo': (client) => client.transfer.undo(),
  'logs.tail': async (client) => {
    const tail = await client.logs.tail();
    const first = await tail.next();
    await tail.return?.();
    return first.value;
  },
  'about.get': (client) => client.about.get(),
  'about.diagnosis': (client) => client.about.diagnosis(),
  'about.openFolder': (client) => client.about.openFolder({ folder: 'logs' }),
  'vault.openFile': (client) => client.vault.openFile({ passphrase: planted.passphrase }),
  'vault.changePassphrase': (client) =>
    client.vault.changePassphrase({ current: planted.passphrase, next: `${planted.passphrase}-2` }),
  'vault.useKeychain': (client) => client.vault.useKeychain(),
  'vault.retry': (client) => client.vault.retry(),
  'usage.clear': (client) => client.usage.clear(),
  'live.events': async (client) => {
    const events = await client.live.events();
    await events.return?.();
    return [];
  },
};
