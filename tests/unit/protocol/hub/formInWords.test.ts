// Forms of an answer that an upstream refuses to be told of are asked for in words: the answer is still what the client wants.
import { describe, expect, it } from 'vitest';
import type { WireName } from '../../../../main/protocol/dialect.ts';
import { upstreamDialects } from '../../../../main/protocol/dialects.ts';
import { plainTurn } from '../../../../main/protocol/hub/plainTurn.ts';
import type { FunctionTool, JsonObject, Turn } from '../../../../main/protocol/hub/turn.ts';

const tool: FunctionTool = { kind: 'function', name: 'look', description: null, schema: null, strict: null };
const list: JsonObject = {
  type: 'array',
  items: { type: 'object', properties: { dish: { type: 'string' } } },
};
const object: JsonObject = { type: 'object', properties: { dish: { type: 'string' } } };
const wants = (schema: JsonObject): Turn['output'] => ({
  type: 'schema',
  name: 'menu',
  description: null,
  schema,
  strict: null,
});

function encode(dialect: WireName, model: string, given: Partial<Turn>) {
  const messages = [{ role: 'user', parts: [{ type: 'text', text: 'Three dishes, please.' }] }] as const;
  const { body, repairs, dropped } = upstreamDialects[dialect].encodeRequest(
    plainTurn({ model, messages, ...given }),
    { model },
  );
  expect(dropped).toEqual([]);
  return { body, repairs, text: JSON.stringify(body) };
}

const said = ['asked for the JSON schema in words'];

describe('a list, which Gemini’s clients ask for and OpenAI refuses to hold an answer to', () => {
  it.each([
    ['a list', list],
    ['a choice', { anyOf: [object, list] }],
    ['a reference', { $ref: '#/$defs/a', $defs: { a: object } }],
  ])('%s', (_, schema) => {
    const chat = encode('chat', 'gpt-4o', { output: wants(schema) });
    expect(chat.body).not.toHaveProperty('response_format');
    expect(chat.body.messages).toMatchObject([{ role: 'system' }, { role: 'user' }]);
    const responses = encode('responses', 'gpt-4o', { output: wants(schema) });
    expect(responses.body).not.toHaveProperty('text');
    for (const { text, repairs } of [chat, responses]) {
      expect(text).toContain('dish');
      expect(repairs).toEqual(said);
    }
  });

  it('is told to servers that hold models to any schema, and an object to all', () => {
    const local = encode('chat', 'qwen3-32b', { output: wants(list) });
    expect(local.body).toHaveProperty('response_format.json_schema.schema', list);
    const openai = encode('chat', 'gpt-4o', { output: wants(object) });
    expect(openai.body).toHaveProperty('response_format.json_schema.schema', object);
    const responses = encode('responses', 'gpt-4o', { output: wants(object) });
    expect(responses.body).toHaveProperty('text.format.schema', object);
    for (const { repairs } of [local, openai, responses]) expect(repairs).toEqual([]);
  });
});

describe('JSON beside functions, which Gemini before 3 refuses', () => {
  it.each(['gemini-2.5-flash', 'gemini-2.0-flash'])('%s', (model) => {
    const { body, repairs, text } = encode('gemini', model, { tools: [tool], output: wants(object) });
    expect(text).not.toContain('responseMimeType');
    expect(JSON.stringify(body.systemInstruction)).toContain('dish');
    expect(body).toHaveProperty('tools');
    expect(repairs).toEqual(said);
  });

  it('is told where both may be', () => {
    const newer = encode('gemini', 'gemini-3-pro-preview', { tools: [tool], output: wants(object) });
    expect(newer.body).toHaveProperty('generationConfig.responseJsonSchema', object);
    const alone = encode('gemini', 'gemini-2.5-flash', { output: wants(list) });
    expect(alone.body).toHaveProperty('generationConfig.responseJsonSchema', list);
    expect(alone.body).not.toHaveProperty('systemInstruction');
  });
});

it('OpenAI’s responses API wants the word JSON in its input, where instructions don’t count', () => {
  const system = { role: 'system', parts: [{ type: 'text', text: 'You speak JSON.' }] } as const;
  const user = { role: 'user', parts: [{ type: 'text', text: 'Three dishes.' }] } as const;
  const asked = { role: 'user', parts: [{ type: 'text', text: 'Three dishes as json.' }] } as const;
  const { body } = encode('responses', 'gpt-4o', { output: { type: 'json' }, messages: [system, user] });
  expect(body.text).toEqual({ format: { type: 'json_object' } });
  expect(body.input).toMatchObject([
    { role: 'developer', content: expect.stringContaining('JSON') },
    { role: 'user' },
  ]);
  const other = encode('responses', 'gpt-4o', { output: { type: 'json' }, messages: [system, asked] });
  expect(other.body.input).toHaveLength(1);
});
