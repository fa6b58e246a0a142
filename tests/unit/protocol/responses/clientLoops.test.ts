import { createOpenAI } from '@ai-sdk/openai';
import { generateText, isStepCount, jsonSchema, tool } from 'ai';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { JsonObject, Part, Turn } from '../../../../main/protocol/hub/turn.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { contextFor } from './fixture.ts';

const signed = { family: 'gemini', value: 'U2ln' } as const;
const script: Part[][] = [
  [
    { type: 'reasoning', text: 'Two at once.', signature: { family: 'anthropic', value: 'EqQB' } },
    {
      type: 'toolCall',
      kind: 'function',
      id: 'call_1',
      name: 'weather',
      arguments: '{"city":"Bern"}',
      signature: signed,
    },
    { type: 'toolCall', kind: 'function', id: 'call_2', name: 'weather', arguments: '{"city":"Rome"}' },
  ],
  [{ type: 'text', text: 'Sun and rain.' }],
];

/** A server that reads each request into the hub, and answers by the script. */
function createServer() {
  const turns: Turn[] = [];
  const fetch = async (_url: unknown, init?: { body?: unknown }): Promise<Response> => {
    const body = JSON.parse(String(init?.body)) as JsonObject;
    const parts = script[turns.length] ?? [];
    turns.push(responsesDialect.decodeRequest(body, { model: 'm', stream: false }));
    const finish = parts.some(({ type }) => type === 'toolCall') ? 'toolCalls' : 'stop';
    const context = { ...contextFor(body), requestId: `req_${turns.length}` };
    const answer = { id: null, model: null, parts, finish, stopSequence: null, usage: null } as const;
    return Response.json(responsesDialect.encodeResult(answer, context));
  };
  return { turns, fetch };
}

const results = ['call_1', 'call_2'].map((callId) => ({ type: 'toolResult', callId, kind: 'function' }));

describe('clients that run tools', () => {
  it.each([
    ['that send all back', { store: false, include: ['reasoning.encrypted_content' as const] }],
    ['that think the server stores', {}],
  ])('the AI SDK, with options %s, comes to its end', async (_what, options) => {
    const server = createServer();
    const openai = createOpenAI({ apiKey: 'k', baseURL: 'http://x/v1', fetch: server.fetch });
    const { text } = await generateText({
      model: openai.responses('gpt-5.1'),
      prompt: 'Weather?',
      tools: {
        weather: tool({
          inputSchema: jsonSchema<{ city: string }>({
            type: 'object',
            properties: { city: { type: 'string' } },
          }),
          execute: async ({ city }) => `fine in ${city}`,
        }),
      },
      stopWhen: isStepCount(3),
      providerOptions: { openai: options },
    });
    expect(text).toBe('Sun and rain.');
    const [, asked] = server.turns;
    const sealed = 'store' in options;
    const said = asked?.messages.find(({ role }) => role === 'assistant');
    expect(said?.parts).toEqual(
      sealed
        ? script[0]
        : [
            {
              type: 'toolCall',
              kind: 'function',
              id: 'call_1',
              name: 'weather',
              arguments: '{"city":"Bern"}',
            },
            script[0]?.[2],
          ],
    );
    expect(asked?.messages.at(-1)?.parts).toMatchObject(results);
    expect(asked?.dropped ?? []).toEqual(sealed ? [] : ['item_reference']);
  });

  it('the openai SDK, sending the output back as it came, loses nothing', async () => {
    const server = createServer();
    const client = new OpenAI({ apiKey: 'k', baseURL: 'http://x/v1', fetch: server.fetch, maxRetries: 0 });
    const ask = { model: 'm', store: false } as const;
    const first = await client.responses.create({ ...ask, input: 'Weather?' });
    const outputs = first.output.flatMap((item) =>
      item.type === 'function_call'
        ? [{ type: 'function_call_output' as const, call_id: item.call_id, output: 'fine' }]
        : [],
    );
    const input = [{ role: 'user' as const, content: 'Weather?' }, ...first.output, ...outputs];
    const second = await client.responses.create({ ...ask, input: input as OpenAI.Responses.ResponseInput });
    expect(second.output_text).toBe('Sun and rain.');
    const [, asked] = server.turns;
    expect(asked?.messages[1]).toEqual({ role: 'assistant', parts: script[0] });
    expect(asked?.messages[2]?.parts).toMatchObject(results);
  });
});
