// What is written for clients, read by Google's own client.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { ApiError, type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { jsonSchema, streamText, tool } from 'ai';
import { afterEach, describe, expect, it } from 'vitest';
import { geminiDialect } from '../../../../main/protocol/gemini/geminiDialect.ts';
import { noSignature } from '../../../../main/protocol/gemini/geminiSignature.ts';
import type { JsonObject, Signature, Turn } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import type { TurnResult } from '../../../../main/protocol/hub/turnResult.ts';
import { context } from './fixture.ts';

interface Asked {
  url: string;
  body: JsonObject;
}

let server: Server | undefined;
afterEach(() => server?.close());

/** A client of a server that answers with these bytes, piece by piece. */
async function client(status: number, type: string, chunks: readonly string[]) {
  const asked: Asked[] = [];
  server = createServer((request, response) => {
    const given: Buffer[] = [];
    request.on('data', (chunk: Buffer) => given.push(chunk));
    request.on('end', () => {
      asked.push({ url: request.url ?? '', body: JSON.parse(Buffer.concat(given).toString()) as JsonObject });
      response.writeHead(status, { 'content-type': type });
      for (const chunk of chunks) response.write(chunk);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ai: new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl } }), asked };
}

const events: TurnEvent[] = [
  { type: 'start', id: 'x', model: 'upstream' },
  { type: 'reasoning', text: 'Let me ' },
  { type: 'reasoning', text: 'see' },
  { type: 'reasoningEnd', signature: { family: 'anthropic', value: 'sig:ü/+=' }, redacted: false, id: null },
  { type: 'text', text: 'Grüße ' },
  { type: 'text', text: '東京' },
  { type: 'toolCall', index: 0, kind: 'function', id: 'toolu_1', name: 'f', signature: null },
  {
    type: 'toolCall',
    index: 1,
    kind: 'function',
    id: 'toolu_2',
    name: 'g',
    signature: { family: 'gemini', value: 'c2ln' },
  },
  { type: 'toolArguments', index: 1, text: '{"b":' },
  { type: 'toolArguments', index: 0, text: '{"a":1}' },
  { type: 'toolArguments', index: 1, text: '2}' },
  { type: 'citation', citation: { url: 'https://example.org', title: 'Ex', quote: null, start: 0, end: 5 } },
  { type: 'finish', reason: 'toolCalls', stopSequence: null },
  {
    type: 'usage',
    usage: { inputTokens: 10, cachedTokens: 4, cacheWriteTokens: 0, outputTokens: 9, reasoningTokens: 5 },
  },
  { type: 'end' },
];

async function gather<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const gathered: Item[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

async function read(chunks: readonly string[]): Promise<GenerateContentResponse[]> {
  const { ai } = await client(200, 'text/event-stream', chunks);
  const responses = await ai.models.generateContentStream({ model: 'm', contents: 'Hi' });
  return gather(responses);
}

describe('a stream', () => {
  it('is read whole, with pauses in it', async () => {
    const encoder = geminiDialect.createStreamEncoder(context());
    const responses = await read(events.flatMap((event) => [encoder.heartbeat(), encoder.push(event)]));
    const parts = responses.flatMap((response) => response.candidates?.[0]?.content?.parts ?? []);
    expect(parts.filter((part) => part.thought).map((part) => part.text)).toEqual(['Let me ', 'see', '']);
    expect(
      parts
        .filter((part) => !part.thought)
        .map((part) => part.text ?? '')
        .join(''),
    ).toBe('Grüße 東京');
    expect(responses.flatMap((response) => response.functionCalls ?? [])).toEqual([
      { id: 'toolu_1', name: 'f', args: { a: 1 } },
      { id: 'toolu_2', name: 'g', args: { b: 2 } },
    ]);
    const last = responses.at(-1);
    expect(last?.candidates?.[0]).toMatchObject({
      finishReason: 'STOP',
      groundingMetadata: {
        groundingChunks: [{ web: { uri: 'https://example.org', title: 'Ex' } }],
        groundingSupports: [
          { segment: { startIndex: 0, endIndex: 7, text: 'Grüße' }, groundingChunkIndices: [0] },
        ],
      },
    });
    expect(last?.usageMetadata).toEqual({
      promptTokenCount: 10,
      cachedContentTokenCount: 4,
      candidatesTokenCount: 4,
      thoughtsTokenCount: 5,
      totalTokenCount: 19,
    });
    expect(
      responses.every(
        ({ modelVersion, responseId }) => modelVersion === 'asked-model' && responseId === 'req_1',
      ),
    ).toBe(true);
  });

  it('has a finish and something to look into, though the model said nothing', async () => {
    const encoder = geminiDialect.createStreamEncoder(context());
    const silent: TurnEvent[] = [
      { type: 'finish', reason: 'contentFilter', stopSequence: null },
      { type: 'end' },
    ];
    const responses = await read(silent.map((event) => encoder.push(event)));
    expect(responses[0]?.candidates).toEqual([
      { content: { parts: [{ text: '' }], role: 'model' }, finishReason: 'SAFETY', index: 0 },
    ]);
  });

  it('that fails is an error of its own', async () => {
    const encoder = geminiDialect.createStreamEncoder(context());
    const error = {
      status: 502,
      message: 'It broke',
      type: 'server_error',
      code: null,
      param: null,
      retryAfterMs: null,
    };
    const reading = read([...events.slice(0, 5).map((event) => encoder.push(event)), encoder.fail(error)]);
    await expect(reading).rejects.toThrow(ApiError);
    await expect(reading).rejects.toThrow(/It broke/);
  });
});

describe('what others signed', () => {
  const own: Signature = { family: 'anthropic', value: 'sig:ü/+=' };

  it('comes back from a chat that Google keeps itself', async () => {
    const encoder = geminiDialect.createStreamEncoder(context());
    const { ai, asked } = await client(
      200,
      'text/event-stream',
      events.map((event) => encoder.push(event)),
    );
    const chat = ai.chats.create({ model: 'm' });
    await gather(await chat.sendMessageStream({ message: 'Hi' }));
    await chat.sendMessageStream({
      message: [{ functionResponse: { id: 'toolu_1', name: 'f', response: { output: 'ok' } } }],
    });
    const turn: Turn = geminiDialect.decodeRequest(asked[1]!.body, { model: 'm', stream: true });
    expect(turn.messages[1]?.parts).toEqual([
      { type: 'reasoning', text: 'Let me see', signature: own },
      { type: 'text', text: 'Grüße 東京' },
      { type: 'toolCall', kind: 'function', id: 'toolu_1', name: 'f', arguments: '{"a":1}' },
      {
        type: 'toolCall',
        kind: 'function',
        id: 'toolu_2',
        name: 'g',
        arguments: '{"b":2}',
        signature: { family: 'gemini', value: 'c2ln' },
      },
    ]);
    expect(turn.messages[2]?.parts[0]).toMatchObject({ type: 'toolResult', callId: 'toolu_1' });
  });

  it('comes back from the AI SDK, which checks every chunk against a schema', async () => {
    const asked: JsonObject[] = [];
    const answers: TurnEvent[][] = [
      events.filter((event) => !('index' in event && event.index === 1)),
      [
        { type: 'text', text: 'done' },
        { type: 'finish', reason: 'stop', stopSequence: null },
        { type: 'end' },
      ],
    ];
    const google = createGoogleGenerativeAI({
      apiKey: 'k',
      fetch: async (_, init) => {
        const encoder = geminiDialect.createStreamEncoder(context());
        const written = (answers[asked.length] ?? []).map(
          (event) => encoder.heartbeat() + encoder.push(event),
        );
        asked.push(JSON.parse(String(init?.body)) as JsonObject);
        return new Response(written.join(''), { headers: { 'content-type': 'text/event-stream' } });
      },
    });
    const f = tool({ inputSchema: jsonSchema({ type: 'object' }), execute: async () => ({ ok: 1 }) });
    const stream = streamText({
      model: google('gemini-2.5-pro'),
      prompt: 'Hi',
      tools: { f },
      stopWhen: () => false,
    });
    expect(await stream.text).toBe('done');
    expect(await stream.totalUsage).toMatchObject({ inputTokens: 10, outputTokens: 9 });
    const turn = geminiDialect.decodeRequest(asked[1]!, { model: 'm', stream: true });
    expect(turn.messages[1]?.parts[0]).toEqual({ type: 'reasoning', text: 'Let me see', signature: own });
    expect(turn.messages[2]?.parts).toMatchObject([
      { callId: 'toolu_1', parts: [{ text: '{"ok":1}' }], isError: false },
    ]);
  });

  it('keeps what belongs to it, in a whole answer too', () => {
    const result: TurnResult = {
      id: null,
      model: null,
      parts: [
        { type: 'reasoning', text: '', signature: own, redacted: true },
        { type: 'reasoning', text: 'b', signature: { family: 'openai', value: 'gAAAA' }, id: 'rs_1' },
      ],
      finish: 'stop',
      stopSequence: null,
      usage: null,
    };
    const body = geminiDialect.encodeResult(result, context()) as { candidates: { content: JsonObject }[] };
    const contents = [{ parts: [{ text: 'Hi' }] }, body.candidates[0]!.content];
    const turn = geminiDialect.decodeRequest({ contents } as JsonObject, { model: 'm', stream: false });
    expect(turn.messages[1]?.parts).toEqual(result.parts);
  });

  it.each([
    '',
    noSignature,
    Buffer.from('sluice:other:{}').toString('base64'),
    Buffer.from('sluice:anthropic:{').toString('base64'),
  ])('is nothing where it says nothing: %j', (thoughtSignature) => {
    const contents = [
      { parts: [{ text: 'Hi' }] },
      { role: 'model', parts: [{ functionCall: { name: 'f' }, thoughtSignature }] },
    ];
    const turn = geminiDialect.decodeRequest({ contents } as JsonObject, { model: 'm', stream: false });
    expect(turn.messages[1]?.parts[0]).not.toHaveProperty('signature');
  });
});

describe('a whole answer', () => {
  it('is read by the client, broken arguments and all', async () => {
    const result: TurnResult = {
      id: null,
      model: null,
      parts: [
        { type: 'refusal', text: 'No.' },
        {
          type: 'media',
          media: 'image',
          mediaType: 'image/png',
          source: { from: 'base64', data: 'AAAA' },
          name: null,
          detail: null,
        },
        { type: 'toolCall', kind: 'function', id: 'a', name: 'f', arguments: '{"cut":' },
        { type: 'toolCall', kind: 'function', id: 'b', name: 'g', arguments: '' },
      ],
      finish: 'length',
      stopSequence: null,
      usage: null,
    };
    const { ai } = await client(200, 'application/json', [
      JSON.stringify(geminiDialect.encodeResult(result, context())),
    ]);
    const response = await ai.models.generateContent({ model: 'm', contents: 'Hi' });
    expect(response.text).toBe('No.');
    expect(response.data).toBe('AAAA');
    expect(response.functionCalls).toEqual([
      { id: 'a', name: 'f', args: { input: '{"cut":' } },
      { id: 'b', name: 'g', args: {} },
    ]);
    expect(response.candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
  });

  it('that is an error is an ApiError', async () => {
    const error = {
      status: 404,
      message: 'No model "x"',
      type: 'invalid_request_error',
      code: 'model_not_found',
      param: null,
      retryAfterMs: null,
    };
    const { ai } = await client(404, 'application/json', [geminiDialect.errorBody(error, 'req_1')]);
    await expect(ai.models.generateContent({ model: 'm', contents: 'Hi' })).rejects.toMatchObject({
      status: 404,
    });
  });
});
