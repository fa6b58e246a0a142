// Fills a running gateway with something to look at: endpoints in every state, keys, requests of every outcome.
import { createFakeUpstream, type FakeUpstream } from '../../fakes/fakeUpstream.ts';
import { createOndemandEmulator } from '../../fakes/ondemand/ondemandEmulator.ts';
import type { HeadlessProgram } from './headlessProgram.ts';

interface IssuedKey {
  key: { id: string };
  secret: string;
}

const questions = [
  'Summarise this page in three sentences.',
  '把这段话翻译成英文。',
  'Write a regular expression for dates.',
  '解释一下什么是熔断器。',
];

export interface SeededGateway {
  keys: { name: string; secret: string; models: readonly string[] }[];
  /** One request of a mixed kind; the streams take about a second. */
  request(index: number): Promise<void>;
  close(): Promise<void>;
}

/** `broken` adds upstreams that refuse, fail and limit. */
export async function seedGateway(
  gateway: HeadlessProgram,
  { broken }: { broken: boolean },
): Promise<SeededGateway> {
  const upstreams: FakeUpstream[] = [];
  const upstream = async (options: Parameters<typeof createFakeUpstream>[0]) => {
    const created = await createFakeUpstream(options);
    upstreams.push(created);
    return created;
  };
  const reply = () => `${'A calm answer with quite a few words in it, so that tokens flow. '.repeat(4)}`;
  const openai = await upstream({
    models: ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'o4-mini'],
    eventGapMs: 18,
    reply,
  });
  const deepseek = await upstream({
    models: ['deepseek-chat', 'deepseek-reasoner'],
    eventGapMs: 24,
    reply,
    cachedTokens: 12,
  });
  const limits = { rpm: 60, rpd: 1000, tpm: -1, tpd: -1, concurrent: -1 };

  await gateway.control('POST', '/endpoints', {
    name: 'OpenAI main',
    baseUrl: openai.url,
    accounts: [
      { name: 'main', secret: 'sk-proj-seed-aaaaaaaaaaaaaaaa4f2a' },
      { name: 'team', secret: 'sk-proj-seed-bbbbbbbbbbbbbbbb91c0' },
      { secret: 'sk-proj-seed-cccccccccccccccce77d' },
    ],
    models: ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'o4-mini'],
    modelMapping: { 'gpt-4': 'gpt-4o', 'claude-*': 'gpt-4.1' },
    limits,
    priority: 0,
  });
  await gateway.control('POST', '/endpoints', {
    name: 'DeepSeek',
    baseUrl: deepseek.url,
    accounts: [{ name: '个人', secret: 'sk-seed-dddddddddddddddd0a11' }],
    models: ['deepseek-chat', 'deepseek-reasoner'],
    priority: 1,
  });
  const anthropic = await upstream({ models: ['sonnet'], eventGapMs: 20, reply });
  await gateway.control('POST', '/endpoints', {
    name: 'Anthropic',
    kind: 'anthropic',
    baseUrl: anthropic.origin,
    accounts: [{ secret: 'sk-ant-seed-hhhhhhhhhhhhhhhhh3c90' }],
    models: ['sonnet'],
    priority: 1,
  });
  const local = await upstream({ models: ['qwen3'], eventGapMs: 20, reply });
  local.set({}, 'rejects-stream_options');
  await gateway.control('POST', '/endpoints', {
    name: 'vLLM',
    baseUrl: local.url,
    models: ['qwen3'],
    priority: 1,
  });
  const azure = await upstream({ models: ['gpt-4o'], eventGapMs: 20, reply });
  await gateway.control('POST', '/endpoints', {
    name: 'Azure 东亚',
    kind: 'azure',
    baseUrl: azure.origin,
    accounts: [{ secret: 'seed-iiiiiiiiiiiiiiiiiiiiiiiii77b2' }],
    models: ['gpt-4o'],
    options: { apiVersion: '2024-10-21', repairs: { schemas: false } },
    priority: 2,
  });
  const ondemand = await createOndemandEmulator({ eventGapMs: 20 });
  const presets = await gateway.control<{ kind: string; modelMapping: object }[]>(
    'GET',
    '/endpoints/presets',
  );
  const [key, otherKey] = ondemand.keys;
  const [ada, bob] = ondemand.logins;
  await gateway.control('POST', '/endpoints', {
    name: 'on-demand.io',
    kind: 'ondemand',
    baseUrl: ondemand.origin,
    accounts: [
      { secret: key },
      { name: 'team', secret: otherKey },
      { email: ada?.email, secret: ada?.password },
      { email: bob?.email, secret: broken ? 'not-the-password' : bob?.password },
    ],
    modelMapping: presets.find(({ kind }) => kind === 'ondemand')?.modelMapping,
    priority: 2,
  });
  if (broken) {
    ondemand.set({ account: 'key-1' }, '429:90');
    const groq = await upstream({ models: ['llama-3.3-70b'], keys: ['gsk-other'] });
    const flaky = await upstream({ models: ['qwen-max', 'gpt-4o'] });
    flaky.set({}, '429:90');
    await gateway.control('POST', '/endpoints', {
      name: 'Groq',
      baseUrl: groq.url,
      accounts: [{ secret: 'gsk-seed-eeeeeeeeeeeeeeee7b3e' }],
      models: ['llama-3.3-70b', 'gpt-4o'],
      priority: 0,
    });
    await gateway.control('POST', '/endpoints', {
      name: '通义千问',
      baseUrl: flaky.url,
      accounts: [{ secret: 'sk-seed-ffffffffffffffff5d21' }, { secret: 'sk-seed-gggggggggggggggg8e02' }],
      models: ['qwen-max', 'gpt-4o'],
      priority: 0,
    });
    await gateway.control('POST', '/endpoints', {
      name: 'Ollama',
      baseUrl: 'http://127.0.0.1:9/v1',
      enabled: false,
      priority: 3,
    });
  }

  const keys: SeededGateway['keys'] = [];
  for (const key of [
    { name: 'Cherry Studio', budgetUsdPerDay: 5 },
    { name: '沉浸式翻译', models: ['gpt-4o-mini', 'deepseek-chat'], limits: { rpm: 120 } },
    { name: 'CI', models: ['gpt-4o-mini'], expiresAt: '2099-03-01T00:00:00.000Z', enabled: true },
  ]) {
    const issued = await gateway.control<IssuedKey>('POST', '/client-keys', key);
    keys.push({ name: key.name, secret: issued.secret, models: key.models ?? ['*'] });
  }

  const models = ['gpt-4o', 'gpt-4o-mini', 'deepseek-chat', 'gpt-4', 'claude-sonnet-4-5', 'gpt-4o-mini'];
  models.push('sonnet', 'deepseek-chat', 'gpt-4o-mini', 'qwen3', 'deepseek-chat', 'gpt-4o-mini');
  models.push('kimi-k3', 'gpt-4o-mini');
  if (broken) models.push('kimi-k3', 'qwen-max', 'llama-3.3-70b');
  return {
    keys,
    async request(index) {
      const key = keys[index % keys.length];
      const wanted = models[index % models.length];
      if (!key || !wanted) return;
      // People ask for what their key may use, but for a slip now and then.
      const mayUse = key.models.includes('*') || key.models.includes(wanted) || index % 41 === 40;
      const model = mayUse ? wanted : (key.models[index % key.models.length] ?? wanted);
      await gateway.chat(key.secret, {
        model,
        stream: index % 3 !== 0,
        text: questions[index % questions.length] ?? '',
        options: {
          max_tokens: 400,
          ...(model === 'sonnet' ? { seed: 7, logit_bias: {}, frequency_penalty: 0.2 } : {}),
          ...(model === 'qwen3' ? { stream_options: { include_usage: true } } : {}),
        },
      });
    },
    async close() {
      for (const created of upstreams) await created.close();
      await ondemand.close();
    },
  };
}
