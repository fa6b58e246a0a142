import { describe, expect, it } from 'vitest';
import { conversations, geminiMethods, operationsByPath } from '../../../main/protocol/operation.ts';
import { geminiDriver } from '../../../main/upstream/geminiDriver.ts';
import { accountOf, bodyOf, encodedCall, endpointOf, jsonCall, targetOf } from './calls.ts';

const none = new Set<never>();
const google = 'https://generativelanguage.googleapis.com';
const endpoint = endpointOf(google);
const body = { contents: [{ role: 'user', parts: [{ text: 'u' }] }], safetySettings: [] };
const operation = conversations.gemini;
const embed = geminiMethods.embedContent!.operation;
const batch = geminiMethods.batchEmbedContents!.operation;

describe('where requests go', () => {
  it.each([google, `${google}/v1beta`, `${google}/v1`, `${google}/v1beta/openai`, `${google}/v1beta/models`])(
    '%s',
    (baseUrl) => {
      const base = endpointOf(baseUrl);
      const url = (stream: boolean) =>
        geminiDriver.build(jsonCall(body, { operation, stream }), targetOf(base, 'gemini-x'), none).url;
      expect(url(false)).toBe(`${google}/v1beta/models/gemini-x:generateContent`);
      expect(url(true)).toBe(`${google}/v1beta/models/gemini-x:streamGenerateContent?alt=sse`);
      expect(geminiDriver.buildModelList(base, accountOf()).url).toBe(
        `${google}/v1beta/models?pageSize=1000`,
      );
    },
  );

  it.each([
    ['http://h/gate', 'models/a', 'http://h/gate/v1beta/models/a:generateContent'],
    ['http://h/v1alpha', 'a', 'http://h/v1alpha/models/a:generateContent'],
    ['http://h', 'tunedModels/t', 'http://h/v1beta/tunedModels/t:generateContent'],
    ['http://h', 'a b/../?x', 'http://h/v1beta/models/a%20b/%2E%2E/%3Fx:generateContent'],
  ])('%s %s -> %s', (baseUrl, model, url) => {
    expect(
      geminiDriver.build(jsonCall(body, { operation }), targetOf(endpointOf(baseUrl), model), none).url,
    ).toBe(url);
  });

  it('asks for embeddings by their own methods', () => {
    const url = (one: typeof embed) =>
      geminiDriver.build(encodedCall({}, { operation: one }), targetOf(endpoint, 'e'), none).url;
    expect(url(embed)).toBe(`${google}/v1beta/models/e:embedContent`);
    expect(url(batch)).toBe(`${google}/v1beta/models/e:batchEmbedContents`);
  });
});

it('sends its key in its own header and nothing of other makers', () => {
  const passHeaders = { accept: 'x/y', 'anthropic-beta': 'a', 'openai-beta': 'o', 'x-title': 't' };
  expect(
    geminiDriver.build(jsonCall(body, { operation, passHeaders }), targetOf(endpoint, 'm'), none).headers,
  ).toEqual({
    accept: 'x/y',
    'content-type': 'application/json',
    'x-goog-api-key': 'key-1',
    'accept-encoding': 'identity',
  });
});

describe('bodies', () => {
  it('pass as they are under another name too', () => {
    const call = jsonCall(body, { operation });
    const built = geminiDriver.build(call, targetOf(endpoint, 'other'), none);
    expect(built.body).toBe(call.payload.form === 'json' ? call.payload.envelope.body : null);
  });

  it('of embeddings name the model that the path names', () => {
    const single = jsonCall({ model: 'models/m', content: {} }, { operation: embed });
    expect(bodyOf(geminiDriver.build(single, targetOf(endpoint, 'n'), none))).toEqual({
      model: 'models/n',
      content: {},
    });
    const several = jsonCall({ requests: [{ model: 'models/m', content: 1 }] }, { operation: batch });
    expect(bodyOf(geminiDriver.build(several, targetOf(endpoint, 'n'), none))).toEqual({
      requests: [{ model: 'models/n', content: 1 }],
    });
  });

  it('are repaired', () => {
    const call = jsonCall({ ...body, generationConfig: { seed: 1 } }, { operation });
    const built = geminiDriver.build(
      call,
      targetOf(endpoint, 'm'),
      new Set(['drop:generationConfig.seed'] as const),
    );
    expect(bodyOf(built)).toEqual(body);
    expect(built.repairs).toEqual(['left out generationConfig.seed']);
  });

  it('are counted whole, with the system instruction and the tools', () => {
    const asked = { ...body, systemInstruction: { parts: [] }, tools: [] };
    const built = geminiDriver.buildTokenCount(asked, targetOf(endpoint, 'm'), {});
    expect(built?.url).toBe(`${google}/v1beta/models/m:countTokens`);
    expect(bodyOf(built)).toEqual({ generateContentRequest: { ...asked, model: 'models/m' } });
  });
});

it('serves conversations and embeddings alone', () => {
  expect(geminiDriver.dialectFor('chat', endpoint, 'm')).toBe('gemini');
  for (const one of [...Object.values(conversations), embed, batch, operationsByPath.embeddings!])
    expect(geminiDriver.unsupported(one)).toBeNull();
  for (const name of ['completions', 'moderations', 'rerank', 'images/generations', 'audio/speech'])
    expect(geminiDriver.unsupported(operationsByPath[name]!)).toMatch(/Gemini/);
});

it('reads what the list tells of a model, and leaves out what can’t be asked', () => {
  const list = {
    models: [
      {
        name: 'models/gemini-2.5-pro',
        displayName: 'Gemini 2.5 Pro',
        inputTokenLimit: 1_048_576,
        outputTokenLimit: 65_536,
        supportedGenerationMethods: ['generateContent', 'countTokens'],
        thinking: true,
      },
      {
        name: 'models/gemini-embedding-001',
        supportedGenerationMethods: ['embedContent'],
        inputTokenLimit: 2_048,
      },
      { name: 'models/imagen-4', supportedGenerationMethods: ['predict'] },
      { name: 'models/gemini-live', supportedGenerationMethods: ['bidiGenerateContent'] },
      { displayName: 'nameless' },
    ],
  };
  const read = geminiDriver.readModelList(Buffer.from(JSON.stringify(list)));
  expect(read.map(({ id }) => id)).toEqual(['gemini-2.5-pro', 'gemini-embedding-001']);
  expect(read[0]).toMatchObject({
    name: 'Gemini 2.5 Pro',
    contextTokens: 1_048_576,
    outputTokens: 65_536,
    inputModalities: expect.arrayContaining(['text', 'image', 'audio', 'video']),
    supportedParameters: expect.arrayContaining(['tools', 'reasoning']),
  });
  expect(read[1]).toMatchObject({ contextTokens: 2_048, inputModalities: null, supportedParameters: null });
  expect(() => geminiDriver.readModelList(Buffer.from('{"data":[]}'))).toThrow('no list');
});
