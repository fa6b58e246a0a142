import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GoogleGenAI } from '@google/genai';
import fc from 'fast-check';
import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { embeddingCodecs } from '../../../../main/protocol/embeddings/embeddingCodecs.ts';
import type { EmbeddingCodec, EmbeddingTurn } from '../../../../main/protocol/embeddings/embeddingTurn.ts';
import { repairEmbeddingEncoding } from '../../../../main/protocol/embeddings/repairEmbeddingEncoding.ts';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';

const { chat: openAi, gemini } = embeddingCodecs;
const sent = (value: unknown) => JSON.parse(JSON.stringify(value)) as JsonObject;
const many = 'batchEmbedContents';

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that asks `upstream`'s kind of provider: text of length n becomes [n, n / 4]. */
async function gateway(client: EmbeddingCodec, upstream: EmbeddingCodec): Promise<string> {
  server = createServer((request, response) => {
    const given: Buffer[] = [];
    request.on('data', (chunk: Buffer) => given.push(chunk));
    request.on('end', () => {
      const operation = request.url?.split(':')[1] ?? 'embeddings';
      const turn = client.decodeRequest(
        JSON.parse(Buffer.concat(given).toString()) as JsonObject,
        'asked',
        operation,
      );
      const asked = upstream.decodeRequest(
        sent(upstream.encodeRequest(turn, 'theirs').body),
        'theirs',
        upstream.operation.name,
      );
      const vectors = asked.inputs.map((text) => [text.length, text.length / 4]);
      const answer = upstream.encodeResult({ vectors, inputTokens: 5 }, asked, upstream.operation.name);
      const result = upstream.decodeResult(sent(answer));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(client.encodeResult(result, turn, operation)));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('embeddings', () => {
  it.each([undefined, 'float', 'base64'] as const)(
    'reach an OpenAI client from Gemini, encoding %s',
    async (encoding_format) => {
      const baseURL = `${await gateway(openAi, gemini)}/v1`;
      const client = new OpenAI({ apiKey: 'k', baseURL });
      const answer = await client.embeddings.create({
        model: 'm',
        input: ['a', 'bb'],
        ...(encoding_format ? { encoding_format } : {}),
      });
      const [first, second] = answer.data.map(({ embedding }) =>
        typeof embedding === 'string'
          ? [...new Float32Array(Uint8Array.from(Buffer.from(embedding, 'base64')).buffer)]
          : embedding,
      );
      expect([first, second]).toEqual([
        [1, 0.25],
        [2, 0.5],
      ]);
      expect(answer).toMatchObject({
        object: 'list',
        model: 'asked',
        usage: { prompt_tokens: 5, total_tokens: 5 },
      });
    },
  );

  it('reach a Gemini client from OpenAI', async () => {
    const ai = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: await gateway(gemini, openAi) } });
    const answer = await ai.models.embedContent({ model: 'm', contents: ['a', 'bbb'] });
    expect(answer.embeddings).toEqual([{ values: [1, 0.25] }, { values: [3, 0.75] }]);
  });

  const text = fc.string();
  it('ask for the same in either spelling', () => {
    const asked = fc.record({
      inputs: fc.array(text, { minLength: 1, maxLength: 4 }),
      dimensions: fc.option(fc.integer({ min: 1, max: 3_072 }), { nil: null }),
      base64: fc.boolean(),
    });
    fc.assert(
      fc.property(asked, fc.constantFrom(null, 'RETRIEVAL_QUERY'), (given, taskType) => {
        const turn: EmbeddingTurn = { ...given, model: 'm', taskType, title: null, dropped: [] };
        const plain = { ...turn, taskType: null };
        expect(openAi.decodeRequest(sent(openAi.encodeRequest(plain, 'm').body), 'm', 'embeddings')).toEqual(
          plain,
        );
        const whole = { ...turn, base64: false };
        expect(gemini.decodeRequest(sent(gemini.encodeRequest(whole, 'm').body), 'm', many)).toEqual(whole);
        expect(openAi.encodeRequest(turn, 'm').dropped).toEqual(taskType === null ? [] : ['taskType']);
      }),
    );
  });

  it('answer the same in either spelling', () => {
    const vectors = fc.array(
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 5 }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(vectors, fc.boolean(), fc.nat(), (given, base64, inputTokens) => {
        const turn: EmbeddingTurn = {
          model: 'm',
          inputs: given.map(String),
          dimensions: null,
          base64,
          taskType: null,
          title: null,
          dropped: [],
        };
        // JSON knows no -0.
        const result = { vectors: given.map((vector) => vector.map((value) => value + 0)), inputTokens };
        expect(openAi.decodeResult(sent(openAi.encodeResult(result, turn, 'embeddings')))).toEqual(result);
        expect(gemini.decodeResult(sent(gemini.encodeResult(result, turn, many)))).toEqual(result);
      }),
    );
  });

  it('read one text alone, in Gemini’s words and in snake_case', () => {
    const body = {
      content: { parts: [{ text: 'a' }, { text: 'b' }] },
      output_dimensionality: 3,
      task_type: 'CLUSTERING',
      title: 't',
    };
    const turn = gemini.decodeRequest(body, 'm', 'embedContent');
    expect(turn).toEqual({
      model: 'm',
      inputs: ['a\nb'],
      dimensions: 3,
      base64: false,
      taskType: 'CLUSTERING',
      title: 't',
      dropped: [],
    });
    expect(gemini.encodeResult({ vectors: [[1]], inputTokens: null }, turn, 'embedContent')).toEqual({
      embedding: { values: [1] },
    });
    expect(gemini.decodeResult({ embedding: { values: [1] } })).toEqual({
      vectors: [[1]],
      inputTokens: null,
    });
  });

  it('name what the requests of a batch do not share', () => {
    const request = (taskType: string) => ({ content: { parts: [{ text: 'a' }] }, taskType });
    const turn = gemini.decodeRequest({ requests: [request('A'), request('B')] }, 'm', many);
    expect(turn).toMatchObject({ taskType: null, dropped: ['taskType'] });
  });

  it.each([
    [openAi, { input: [1, 2] }, /check_embedding_ctx_length=False/],
    [openAi, { input: [[1], [2]] }, /send text/],
    [openAi, { input: [] }, /"input"/],
    [openAi, { input: ['a', 1] }, /"input"/],
    [openAi, {}, /"input"/],
    [gemini, { requests: [] }, /"requests"/],
    [gemini, { requests: [{ content: { parts: [] } }] }, /"requests\[0\].content.parts"/],
    [gemini, { requests: [{ content: { parts: [{ inlineData: {} }] } }] }, /a text/],
    [
      gemini,
      { requests: [{ content: 'a' }, { content: 'b', outputDimensionality: 2 }] },
      /"requests\[1\].outputDimensionality"/,
    ],
  ])('refuse %#', (codec, body, message) => {
    expect(() => codec.decodeRequest(body as JsonObject, 'm', many)).toThrow(message);
  });

  it.each([
    [openAi, { data: [] }],
    [openAi, { data: [{ embedding: 'AAA=' }] }],
    [openAi, { error: {} }],
    [gemini, { embeddings: [{}] }],
    [gemini, {}],
  ])('are none %#', (codec, body) => {
    expect(() => codec.decodeResult(body as JsonObject)).toThrow(ForeignEventError);
  });

  it('come in the order of the inputs, whatever the order they were told in', () => {
    const data = [
      { index: 1, embedding: [2] },
      { index: 0, embedding: [1] },
    ];
    expect(openAi.decodeResult({ data, usage: { total_tokens: 3 } })).toEqual({
      vectors: [[1], [2]],
      inputTokens: 3,
    });
  });
});

describe('repairEmbeddingEncoding', () => {
  const answer = (embedding: unknown) => ({
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding }],
    model: 'm',
    extra: { kept: true },
  });

  it('turns numbers into what openai-node reads, and keeps the rest', () => {
    const repaired = repairEmbeddingEncoding(Buffer.from(JSON.stringify(answer([1, -0.5]), null, 2)));
    expect(JSON.parse(repaired?.toString() ?? '')).toEqual(answer('AACAPwAAAL8='));
  });

  it.each([
    ['base64 already', JSON.stringify(answer('AACAPwAAAL8='))],
    ['an error', '{"error":{"message":"embedding failed: [1]"}}'],
    ['no JSON', '{"data":[{"embedding":[1,'],
    ['other than numbers', JSON.stringify(answer(['a']))],
    ['nothing', ''],
  ])('leaves %s alone', (_, body) => {
    expect(repairEmbeddingEncoding(Buffer.from(body))).toBeNull();
  });
});
