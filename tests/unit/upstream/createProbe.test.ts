import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../main/base/redact.ts';
import type { CheckReport } from '../../../main/contract/schemas/check.ts';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../../main/registry/snapshot.ts';
import { createProbe } from '../../../main/upstream/createProbe.ts';
import type { Exchange, UpstreamRequest } from '../../../main/upstream/transport.ts';
import { createUpstreamLink } from '../../../main/upstream/upstreamLink.ts';
import { accountOf, endpointOf } from './calls.ts';

type Reply = { status?: number; type?: string; body: unknown };

/** A wire with somebody at its end who answers at once. */
function probeOf(answer: (request: UpstreamRequest, body: Record<string, unknown>) => Reply) {
  const asked: UpstreamRequest[] = [];
  const doctor = createProbe({
    clock: { now: () => 0, monotonic: () => 0 },
    redactor: createRedactor(),
    connectMs: () => 1_000,
    link: createUpstreamLink({ sessions: {}, send }),
    reach: async () => ({ state: 'ok', code: 'connect-ok' }),
  });
  const probe = {
    ...doctor,
    check: async (
      endpoint: CompiledEndpoint,
      account: CompiledAccount,
      model: string | null,
    ): Promise<CheckReport> => {
      const report: CheckReport = { ok: false, steps: [], models: [] };
      await doctor.diagnose(endpoint, [account], {
        model,
        tell(event) {
          if (event.type === 'step' && event.step.state !== 'running') report.steps.push(event.step);
          if (event.type === 'account') report.ok = event.ok;
        },
      });
      return report;
    },
  };

  function send(request: UpstreamRequest): Exchange {
    asked.push(request);
    const {
      status = 200,
      type = 'application/json',
      body,
    } = answer(request, JSON.parse(String(request.body ?? '{}')));
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const response = {
      status,
      headers: { 'content-type': type },
      read(sink: { data(chunk: Buffer): void; end(): void }) {
        sink.data(bytes);
        sink.end();
      },
      pause: () => {},
      resume: () => {},
      abort: () => {},
    };
    return { response: Promise.resolve(response), abort: () => {} };
  }

  return { probe, asked };
}

const events = (...data: unknown[]): Reply => ({
  type: 'text/event-stream',
  body: data
    .map((one) => {
      const { type } = one as { type?: string };
      return `${type ? `event: ${type}\n` : ''}data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`;
    })
    .join(''),
});

const chatAnswer = {
  id: 'c',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
};
const chatStream = events(
  {
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
  },
  '[DONE]',
);
const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'ok' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 5, output_tokens: 1 },
};
const messageStream = events(
  { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'ok' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 1 },
  },
  { type: 'message_stop' },
);
const geminiAnswer = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'ok' }] }, finishReason: 'STOP', index: 0 }],
};
const item = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'ok', annotations: [] }],
};
const response = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'm',
  status: 'completed',
  output: [item],
  error: null,
};
const responseStream = events(
  {
    type: 'response.created',
    sequence_number: 0,
    response: { ...response, status: 'in_progress', output: [] },
  },
  {
    type: 'response.output_item.added',
    sequence_number: 1,
    output_index: 0,
    item: { ...item, content: [], status: 'in_progress' },
  },
  {
    type: 'response.output_text.delta',
    sequence_number: 2,
    output_index: 0,
    content_index: 0,
    item_id: 'msg_1',
    delta: 'ok',
  },
  { type: 'response.completed', sequence_number: 3, response },
);

interface Kind {
  readonly kind: EndpointKind;
  readonly baseUrl: string;
  readonly options?: Record<string, unknown>;
  readonly list: unknown;
  readonly answer: unknown;
  readonly stream: Reply;
  readonly paths: readonly string[];
}

const kinds: readonly (readonly [string, Kind])[] = [
  [
    'openai',
    {
      kind: 'openai',
      baseUrl: 'http://h',
      list: { data: [{ id: 'whisper' }, { id: 'm' }] },
      answer: chatAnswer,
      stream: chatStream,
      paths: ['/v1/models', '/v1/chat/completions', '/v1/chat/completions'],
    },
  ],
  [
    'openai by responses',
    {
      kind: 'openai',
      baseUrl: 'http://h',
      options: { api: 'responses' },
      list: { data: [{ id: 'm' }] },
      answer: response,
      stream: responseStream,
      paths: ['/v1/models', '/v1/responses', '/v1/responses'],
    },
  ],
  [
    'azure',
    {
      kind: 'azure',
      baseUrl: 'http://h',
      options: { apiVersion: '2024-10-21' },
      list: { data: [{ id: 'gpt-4o' }] },
      answer: chatAnswer,
      stream: chatStream,
      paths: [
        '/openai/models',
        '/openai/deployments/m/chat/completions',
        '/openai/deployments/m/chat/completions',
      ],
    },
  ],
  [
    'anthropic',
    {
      kind: 'anthropic',
      baseUrl: 'http://h',
      list: { data: [{ id: 'm' }], has_more: false },
      answer: message,
      stream: messageStream,
      paths: ['/v1/models', '/v1/messages', '/v1/messages'],
    },
  ],
  [
    'gemini',
    {
      kind: 'gemini',
      baseUrl: 'http://h',
      list: { models: [{ name: 'models/m', supportedGenerationMethods: ['generateContent'] }] },
      answer: geminiAnswer,
      stream: events(geminiAnswer),
      paths: ['/v1beta/models', '/v1beta/models/m:generateContent', '/v1beta/models/m:streamGenerateContent'],
    },
  ],
];

const endpointFor = ({ kind, baseUrl, options = {} }: Kind): CompiledEndpoint =>
  endpointOf(baseUrl, { kind, options, models: new Set(['m']) });

const isStream = (request: UpstreamRequest, body: Record<string, unknown>): boolean =>
  body.stream === true || request.url.includes('streamGenerateContent');

describe.each(kinds)('%s', (_name, kind) => {
  it('is listed, answers and streams', async () => {
    const { probe, asked } = probeOf((request, body) => {
      if (request.method === 'GET') return { body: kind.list };
      return isStream(request, body) ? kind.stream : { body: kind.answer };
    });
    const report = await probe.check(endpointFor(kind), accountOf(), null);
    expect(report.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'credential ok',
      'models ok',
      'chat ok',
      'stream ok',
    ]);
    expect(report.ok).toBe(true);
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(kind.paths);
  });

  it('says why it does not answer', async () => {
    const error = {
      error: { message: 'no such luck', code: 400, status: 'INVALID_ARGUMENT', type: 'x' },
      type: 'error',
    };
    const { probe } = probeOf(({ method }) =>
      method === 'GET' ? { body: kind.list } : { status: 400, body: error },
    );
    const report = await probe.check(endpointFor(kind), accountOf(), null);
    expect(report.ok).toBe(false);
    expect(report.steps[2]).toMatchObject({
      name: 'chat',
      state: 'failed',
      detail: expect.stringContaining('no such luck'),
    });
    expect(report.steps[3]).toMatchObject({ name: 'stream', state: 'skipped' });
  });

  it('takes an empty stream for none', async () => {
    const { probe } = probeOf((request, body) => {
      if (request.method === 'GET') return { body: kind.list };
      return isStream(request, body) ? { type: 'text/event-stream', body: '' } : { body: kind.answer };
    });
    const report = await probe.check(endpointFor(kind), accountOf(), null);
    expect(report.steps[3]).toMatchObject({ name: 'stream', state: 'failed' });
  });
});

describe('lists of models on several pages', () => {
  const model = (id: string) => ({ id, name: `models/${id}`, type: 'model' });

  it.each([
    [
      'anthropic',
      'after_id=b%2F1',
      { data: [model('a'), model('b/1')], has_more: true, last_id: 'b/1' },
      { data: [model('c')], has_more: false, last_id: 'c' },
    ],
    [
      'gemini',
      'pageToken=t%3D%3D',
      { models: [model('a'), model('b/1')], nextPageToken: 't==' },
      { models: [model('c')] },
    ],
  ] as const)('%s: all of them are read', async (kind, query, first, second) => {
    const { probe, asked } = probeOf(({ url }) => ({ body: url.includes(query) ? second : first }));
    const found = await probe.listModels(endpointOf('http://h', { kind }), accountOf());
    expect(found.map(({ id }) => id)).toEqual(['a', 'b/1', 'c']);
    expect(asked).toHaveLength(2);
  });

  it('a server that sends the same page again and again is asked no third time', async () => {
    const page = { data: [model('a')], has_more: true, last_id: 'a' };
    const { probe, asked } = probeOf(() => ({ body: page }));
    expect(await probe.listModels(endpointOf('http://h', { kind: 'anthropic' }), accountOf())).toHaveLength(
      1,
    );
    expect(asked).toHaveLength(2);
  });
});

describe('what would be repaired', () => {
  const refusal = {
    error: {
      message:
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    },
  };
  const { probe, asked } = probeOf((_request, body) => {
    if ('max_tokens' in body) return { status: 400, body: refusal };
    return body.stream === true ? chatStream : { body: chatAnswer };
  });
  const chat = async (options: Record<string, unknown>): Promise<string | undefined> => {
    asked.length = 0;
    const endpoint = endpointOf('http://h', { options, models: new Set(['my-deployment']) });
    return (await probe.check(endpoint, accountOf(), null)).steps.find(({ name }) => name === 'chat')?.state;
  };

  it('does not fail the test, unless the user switched it off', async () => {
    expect(await chat({})).toBe('ok');
    expect(await chat({ repairs: { maxTokens: false } })).toBe('failed');
  });
});

it('sorts the list and names each model once', async () => {
  const { probe } = probeOf(() => ({ body: { data: [{ id: 'b' }, { id: 'a' }, { id: 'b' }] } }));
  const listed = await probe.listModels(endpointOf('http://h'), accountOf());
  expect(listed.map(({ id }) => id)).toEqual(['a', 'b']);
});

it('tries a model that chats; on Azure none that may not be deployed', async () => {
  const list = { data: [{ id: 'babbage-002' }, { id: 'text-embedding-3' }, { id: 'z' }] };
  const { probe, asked } = probeOf(({ method }) => ({ body: method === 'GET' ? list : chatAnswer }));
  await probe.check(endpointOf('http://h'), accountOf(), null);
  expect(JSON.parse(String(asked[1]?.body))).toMatchObject({ model: 'z' });
  const azure = await probe.check(endpointOf('http://h', { kind: 'azure' }), accountOf(), null);
  expect(azure.ok).toBe(true);
  expect(azure.steps[2]).toMatchObject({
    name: 'chat',
    state: 'skipped',
    detail: expect.stringContaining('deployment'),
  });
});
