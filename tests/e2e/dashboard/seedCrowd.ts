// Fills a running gateway to its brim: many of everything, names of every script and length, endpoints in every state, and a
// request for each kind of node in the Why? timeline.
import path from 'node:path';
import { createUsageStore } from '../../../main/store/usage/createUsageStore.ts';
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { HeadlessProgram } from './headlessProgram.ts';

/** The model whose request passes over, tries and repairs all there is; `kept` and `cut` are recorded with their bodies. */
export const crowdModels = {
  everyNode: 'every-node',
  kept: 'kept-body',
  cut: 'cut-body',
  hopeless: 'hopeless',
};

export const longNames = [
  'A provider whose name is just as long as people dare to make',
  '上海市浦东新区张江高科技园区人工智能联合实验室共享大模型推理服务集群备用线路',
  'مزود الذكاء الاصطناعي الاحتياطي للمختبر',
  '🚀🚀 Rakete 🇩🇪 👩🏽‍💻 team',
  'Unbrechbarer_Bezeichner_ohne_jedes_Leerzeichen_und_sehr_lang',
];

const unlimited = { rpm: -1, rpd: -1, tpm: -1, tpd: -1, concurrent: -1 };
const secret = (of: string) => ({
  secret: `sk-crowd-${of.padEnd(16, '0')}-${of.slice(0, 4).padEnd(4, '7')}`,
});

/** Resolves when all of it is stored. `close` ends the upstreams. */
export async function seedCrowd(gateway: HeadlessProgram): Promise<{ close(): Promise<void> }> {
  const upstreams: FakeUpstream[] = [];
  const upstream = async (options: Parameters<typeof createFakeUpstream>[0], fault?: string) => {
    const created = await createFakeUpstream(options);
    if (fault) created.set({}, fault);
    upstreams.push(created);
    return created;
  };
  const add = (body: object) => gateway.control<{ id: string }>('POST', '/endpoints', body);
  const { everyNode, kept, cut, hopeless } = crowdModels;
  const good = await upstream({ models: [everyNode, kept, cut], reply: () => 'It works, and says so.' });
  const repairing = await upstream({ models: [everyNode] }, 'rejects-stream_options');
  const broken = await upstream({ models: [everyNode] }, '500');
  const waiting = await upstream({ models: [everyNode] }, '429:3000');
  const refusing = await upstream({ models: [everyNode], keys: ['another'] });
  const penniless = await upstream({ models: [hopeless] }, 'insufficient_quota');
  const empty = await upstream({ models: [] });
  const page = await upstream({ models: [] }, 'html200');
  const mute = await upstream({ models: [] }, 'blackhole');
  const wide = await upstream({
    models: Array.from(
      { length: 300 },
      (_, index) => `family-${(index % 12) + 1}/model-${index + 1}-instruct`,
    ),
  });

  await gateway.control('PATCH', '/settings', {
    usage: { recordBodies: true },
    routing: { strategy: 'priority', maxAttempts: 5 },
  });
  const nodes = { models: [everyNode] };
  await add({ name: 'Switched off', baseUrl: good.url, ...nodes, enabled: false, priority: 0 });
  const parked = await add({
    name: 'Parked',
    baseUrl: good.url,
    ...nodes,
    accounts: [secret('park')],
    priority: 0,
  });
  await add({
    name: 'Leaves it out',
    baseUrl: good.url,
    models: [`!${everyNode}`, `!${hopeless}`, '!nobody-*'],
    accounts: [secret('left')],
    priority: 0,
  });
  await add({
    name: 'One answer',
    kind: 'anthropic',
    baseUrl: good.origin,
    ...nodes,
    accounts: [secret('anth')],
    priority: 0,
  });
  await add({
    name: 'Limited',
    baseUrl: good.url,
    ...nodes,
    accounts: [{ name: 'one a day', ...secret('lim1') }],
    limits: { ...unlimited, rpm: 60, rpd: 1, tpd: 5_000_000 },
    priority: 1,
  });
  await add({ name: 'Cooling', baseUrl: waiting.url, ...nodes, accounts: [secret('cool')], priority: 2 });
  await add({ name: 'Refused', baseUrl: refusing.url, ...nodes, accounts: [secret('refu')], priority: 3 });
  await add({ name: 'Broken', baseUrl: broken.url, ...nodes, accounts: [secret('brok')], priority: 4 });
  await add({ name: 'Repairing', baseUrl: repairing.url, ...nodes, accounts: [secret('repa')], priority: 5 });
  await add({
    name: 'Behind',
    baseUrl: good.url,
    models: [everyNode, kept, cut],
    accounts: [secret('behi')],
    priority: 6,
  });
  await add({
    name: 'Penniless',
    baseUrl: penniless.url,
    models: [hopeless],
    accounts: [secret('penn')],
    priority: 7,
  });
  await add({ name: 'Wide', baseUrl: wide.url, accounts: [secret('wide')], priority: 8 });
  await add({
    name: 'Crowd',
    baseUrl: good.url,
    models: ['crowd-model'],
    accounts: Array.from({ length: 40 }, (_, index) => ({
      name:
        index % 3 === 0
          ? ''
          : `${index % 7 === 1 ? 'shared with the whole department ' : '账户 '}${index + 1}`,
      ...secret(`c${index}`),
    })),
    limits: { ...unlimited, rpd: 1000, tpm: 12_000_000 },
    priority: 8,
  });
  for (const [index, name] of longNames.entries())
    await add({
      name,
      baseUrl: `https://a-very-long-subdomain-of-host-${index}.eu-central-1.models.example.test/v1`,
      models: [`${name.replaceAll(' ', '-')}/a-model-with-quite-a-long-name-of-its-own-2026-11-21`],
      modelMapping: {
        [`alias-${index}`]: `${name.replaceAll(' ', '-')}/a-model-with-quite-a-long-name-of-its-own-2026-11-21`,
      },
      accounts: [{ name, ...secret(`n${index}`) }],
      priority: 9,
    });
  for (let index = 1; index <= 6; index += 1)
    await add({
      name: `Spare ${index}`,
      baseUrl: good.url,
      models: [`spare-${index}`],
      accounts: [secret(`s${index}`)],
      priority: 10,
    });
  await gateway.control('PATCH', `/endpoints/${parked.id}/accounts/a1`, { patch: { enabled: false } });

  const issued: { key: { id: string }; secret: string }[] = [];
  for (const name of ['Everything', ...longNames])
    issued.push(await gateway.control('POST', '/client-keys', { name }));
  const key = issued[0]?.secret ?? '';
  const tools = [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }];
  const demanding = { n: 2, tools, stream_options: { include_usage: true } };
  const ask = (model: string, options: object = {}, stream = true) =>
    gateway.chat(key, { model, stream, options });
  // The first one uses up the limit, the second meets the rest for the first time, the third finds them held back.
  for (let times = 0; times < 3; times += 1) await ask(everyNode, demanding);
  const image = `data:image/png;base64,${'iVBORw0KGgoA'.repeat(4_000)}`;
  const content = [
    { type: 'text', text: 'What is on this picture, and what is 用中文怎么说?' },
    { type: 'image_url', image_url: { url: image } },
  ];
  await ask(kept, {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content },
    ],
  });
  const long = Array.from({ length: 9_000 }, (_, index) => `Line ${index + 1} of a very long text.`).join(
    '\n',
  );
  await ask(cut, { messages: [{ role: 'user', content: long }] });
  await ask(hopeless, {}, false);
  await ask('nobody-serves-this', {}, false);
  // What lists nothing serves every name: these come when all is asked.
  await add({ name: 'No models', baseUrl: empty.url, accounts: [secret('none')], priority: 7 });
  await add({ name: 'Web page', baseUrl: page.url, accounts: [secret('html')], priority: 7 });
  await add({ name: 'Mute', baseUrl: mute.url, accounts: [secret('mute')], priority: 7 });
  await add({
    name: 'Nobody there',
    baseUrl: 'http://127.0.0.1:9/v1',
    accounts: [secret('nine')],
    priority: 7,
  });
  await add({
    name: 'Misspelt',
    baseUrl: 'https://api.opnai.invalid/v1',
    accounts: [secret('miss')],
    priority: 7,
  });
  await add({
    name: 'Slip',
    baseUrl: `${good.url}/chat/completions`,
    accounts: [secret('slip')],
    priority: 7,
  });
  await storeNumbers(
    gateway,
    issued.map(({ key: { id } }) => id),
  );
  return {
    async close() {
      for (const created of upstreams) await created.close();
    },
  };
}

/** Numbers from nothing to millions, prices unknown, names too long for their columns. */
async function storeNumbers(gateway: HeadlessProgram, keys: readonly string[]): Promise<void> {
  const store = await createUsageStore({
    file: path.join(gateway.dataDir, 'usage.db'),
    retentionDays: 60,
    maxDatabaseMB: 500,
    timeZone: 'local',
    onTrouble(reason) {
      if (reason) throw new Error(reason);
    },
  });
  const now = Date.now();
  for (const [index, tokens] of [0, 7, 999, 1_000, 54_321, 999_950, 12_345_678].entries()) {
    const name = longNames[index % longNames.length] ?? '';
    store.add({
      id: `req_crowd${index}`,
      time: now - 90_000 * (index + 1),
      clientKeyId: keys[index % keys.length] ?? '',
      userAgent: index % 2 ? '' : 'Some-Program-With-A-Long-Name/12.345.6789 (X11; Linux x86_64)',
      operation: index % 3 ? 'chat/completions' : 'audio/transcriptions',
      stream: index % 2 === 0,
      clientModel: `${name.replaceAll(' ', '-')}/a-model-with-quite-a-long-name-of-its-own`,
      endpointId: index % 2 ? 'crowd' : 'gone-for-long',
      accountId: 'a1',
      upstreamModel: name,
      status: index === 1 ? 'cut' : 'ok',
      httpStatus: 200,
      errorCode: null,
      errorMessage: null,
      firstTokenMs: 12 ** index,
      totalMs: 13 ** index,
      tokens: {
        input: tokens,
        output: tokens,
        cached: Math.floor(tokens / 3),
        reasoning: 0,
        source: 'estimated',
      },
      costUsd: index % 3 === 2 ? tokens / 1000 : null,
      attempts: [],
      skipped: [],
      order: null,
    });
  }
  await store.flush();
  await store.close();
}
