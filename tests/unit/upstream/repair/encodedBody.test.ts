import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DialectName, dialectNames } from '../../../../main/protocol/dialect.ts';
import { upstreamDialects } from '../../../../main/protocol/dialects.ts';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject, Message, ModelFamily, Part, Turn } from '../../../../main/protocol/hub/turn.ts';
import type { Quirk } from '../../../../main/upstream/quirk.ts';
import { draftOfObject } from '../../../../main/upstream/repair/bodyDraft.ts';
import { repairBody } from '../../../../main/upstream/repair/repairBody.ts';
import { turnOf } from '../../protocol/chat/turnOf.ts';
import { violations } from '../../protocol/messages/messagesRules.ts';
import { randomTurns } from '../../protocol/messages/randomTurns.ts';

// What the codecs write for any upstream, mended for one that was found to refuse some of it.

type Body = Record<string, unknown>;

const models: Readonly<Record<DialectName, string>> = {
  chat: 'llama',
  responses: 'gpt-4.1',
  messages: 'claude-sonnet-4-5',
  gemini: 'gemini-2.5-flash',
};

function mended(
  dialect: DialectName,
  body: Body,
  quirks: readonly Quirk[],
): { body: Body; repairs: string[] } {
  const draft = draftOfObject(body);
  repairBody(draft, dialect, new Set(quirks));
  return { body: JSON.parse(draft.finish().toString()) as Body, repairs: [...draft.repairs] };
}

/** As the codec and then the repairs write it; a second repair must find nothing to do. */
function sent(dialect: DialectName, turn: Turn, quirks: readonly Quirk[], model = models[dialect]) {
  const { body } = upstreamDialects[dialect].encodeRequest(turn, { model });
  const result = mended(dialect, body, quirks);
  expect(mended(dialect, result.body, quirks)).toEqual({ body: result.body, repairs: [] });
  return result;
}

const text = (words: string): Part => ({ type: 'text', text: words });
const says = (role: Message['role'], ...parts: (Part | string)[]): Message => ({
  role,
  parts: parts.map((part) => (typeof part === 'string' ? text(part) : part)),
});
const thought = (family?: ModelFamily, words = 'hm'): Part => ({
  type: 'reasoning',
  text: words,
  ...(family ? { signature: { family, value: 'c2ln' } } : {}),
});
const call = (id: string, signed = false): Part => ({
  type: 'toolCall',
  kind: 'function',
  id,
  name: 'f',
  arguments: '{}',
  ...(signed ? { signature: { family: 'gemini', value: 'c2ln' } } : {}),
});
const result = (callId: string): Part => ({
  type: 'toolResult',
  callId,
  name: 'f',
  kind: 'function',
  parts: [{ type: 'text', text: 'r' }],
  isError: false,
});
const image: Part = {
  type: 'media',
  media: 'image',
  mediaType: 'image/png',
  source: { from: 'base64', data: 'AAAA' },
  name: null,
  detail: null,
};
const sampling = (some: Partial<Turn['sampling']>) => ({ ...turnOf().sampling, ...some });
const thinking = { effort: null, budgetTokens: 2_000, adaptive: false, visible: null } as const;

describe('chat', () => {
  const roles = turnOf({
    messages: [says('system', 's'), says('developer', 'd'), says('user', 'u'), says('user', 'v', image)],
  });
  const rolesOf = ({ body }: { body: Body }) => (body.messages as Message[]).map(({ role }) => role);

  it('makes nothing of what is in order', () => {
    const quirks: Quirk[] = ['no-developer-role', 'merge-roles', 'no-thinking-replay', 'max-tokens'];
    expect(sent('chat', turnOf(), [...quirks, 'drop:top_k', 'no-stream-options']).repairs).toEqual([]);
  });

  it('sends the roles an upstream takes', () => {
    const asSystem = sent('chat', roles, ['no-developer-role']);
    expect(rolesOf(asSystem)).toEqual(['system', 'system', 'user', 'user']);
    expect(asSystem.repairs).toEqual(['sent developer messages as system']);
    expect(rolesOf(sent('chat', roles, ['merge-roles', 'no-developer-role']))).toEqual(['system', 'user']);
  });

  it('loses no word in merging', () => {
    const { body } = sent('chat', roles, ['no-system-role']);
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 's\n\nd\n\nu' },
          { type: 'text', text: 'v' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
    ]);
    const answers = [says('assistant', thought(undefined, 'one'), 'a'), says('assistant', thought(), 'b')];
    expect(sent('chat', turnOf({ messages: answers }), ['merge-roles']).body.messages).toEqual([
      { role: 'assistant', content: 'a\n\nb', reasoning_content: 'one\n\nhm' },
    ]);
  });

  it('sends no thoughts back to who refuses them', () => {
    const turn = turnOf({ messages: [says('assistant', thought(), 'a')] });
    expect(sent('chat', turn, ['no-thinking-replay'])).toEqual({
      body: { model: 'llama', messages: [{ role: 'assistant', content: 'a' }] },
      repairs: ['left out earlier thinking'],
    });
    // OpenAI was sent none to begin with.
    expect(sent('chat', turn, ['no-thinking-replay'], 'gpt-4o').repairs).toEqual([]);
  });

  it('renames the limit and leaves out options', () => {
    const turn = turnOf({ maxTokens: 5, stream: true, sampling: sampling({ temperature: 0.5 }) });
    const renamed = sent('chat', turn, ['max-completion-tokens']);
    expect(renamed.body).toMatchObject({ max_completion_tokens: 5 });
    expect(renamed.body).not.toHaveProperty('max_tokens');
    expect(renamed.repairs).toEqual(['sent max_tokens as max_completion_tokens']);
    expect(sent('chat', turn, ['max-tokens'], 'o3').repairs).toEqual([
      'sent max_completion_tokens as max_tokens',
    ]);
    const { body, repairs } = sent('chat', turn, ['drop:temperature', 'no-stream-options']);
    expect(body).toEqual({ model: 'llama', messages: expect.anything(), stream: true, max_tokens: 5 });
    expect(repairs).toEqual(['left out stream_options', 'left out temperature']);
  });
});

describe('responses', () => {
  it('sends the roles an upstream takes', () => {
    const turn = turnOf({ messages: [says('user', 'Q'), says('system', 'C')] });
    for (const [quirk, role] of [
      ['no-developer-role', 'system'],
      ['no-system-role', 'user'],
    ] as const) {
      const { body, repairs } = sent('responses', turn, [quirk]);
      expect(body.input).toMatchObject([{ role: 'user' }, { role, content: [{ text: 'C' }] }]);
      expect(repairs).toEqual([`sent developer messages as ${role}`]);
    }
  });

  it('sends no thoughts back to who refuses them', () => {
    const turn = turnOf({ messages: [says('user', 'Q'), says('assistant', thought('openai'), 'A')] });
    const { body, repairs } = sent('responses', turn, ['no-thinking-replay']);
    expect(body.input).toEqual([
      expect.objectContaining({ role: 'user' }),
      { type: 'message', role: 'assistant', content: 'A' },
    ]);
    expect(repairs).toEqual(['left out earlier thinking']);
  });

  it('leaves out options', () => {
    const turn = turnOf({ serviceTier: 'flex', user: 'u' });
    const { body, repairs } = sent('responses', turn, ['drop:service_tier', 'drop:store', 'drop:absent']);
    expect(Object.keys(body).sort()).toEqual(['input', 'model', 'user']);
    expect(repairs).toEqual(['left out service_tier', 'left out store']);
  });
});

describe('messages', () => {
  it('leaves out options', () => {
    const turn = turnOf({ reasoning: { ...thinking, effort: 'none', budgetTokens: null }, user: 'u' });
    const quirks: Quirk[] = ['drop:thinking', 'drop:metadata', 'drop:nothing', 'merge-roles'];
    const { body, repairs } = sent('messages', turn, quirks, 'claude-opus-4-8');
    expect(body).not.toHaveProperty('thinking');
    expect(body).not.toHaveProperty('metadata');
    expect(repairs).toContain('left out metadata');
    expect(repairs).not.toContain('left out nothing');
  });

  it('sends no thoughts back to who refuses them, and goes on thinking where it may', () => {
    const messages = [says('user', 'Hi'), says('assistant', thought('anthropic'), 'So.'), says('user', 'x')];
    const { body, repairs } = sent('messages', turnOf({ messages, reasoning: thinking }), [
      'no-thinking-replay',
    ]);
    expect(body.thinking).toMatchObject({ type: 'enabled' });
    expect(JSON.stringify(body)).not.toContain('c2ln');
    expect(repairs).toEqual(['left out earlier thinking']);
  });

  it.each([
    ['calls tools', [says('assistant', thought('anthropic'), call('a')), says('user', result('a'))]],
    ['is to be continued', [says('assistant', thought('anthropic'), 'So')]],
  ])('switches thinking off where the last answer %s', (_, answer) => {
    const turn = turnOf({ messages: [says('user', 'Hi'), ...answer], reasoning: thinking });
    const { body } = upstreamDialects.messages.encodeRequest(turn, { model: models.messages });
    expect(body).toHaveProperty('thinking');
    const switched = sent('messages', turn, ['no-thinking-replay']);
    expect(switched.body).not.toHaveProperty('thinking');
    expect(switched.repairs).toEqual(['switched off thinking', 'left out earlier thinking']);
    expect(violations(switched.body)).toEqual([]);
  });

  it('breaks none of Anthropic’s rules by leaving thoughts out', () => {
    fc.assert(
      fc.property(randomTurns, (turn) => {
        expect(violations(sent('messages', turn, ['no-thinking-replay']).body)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('gemini', () => {
  const noProof = 'skip_thought_signature_validator';
  const partsOf = ({ body }: { body: Body }, at: number) => (body.contents as { parts: Body[] }[])[at]?.parts;

  it('tells the instruction as the user', () => {
    const turn = turnOf({ messages: [says('system', 'A'), says('user', 'Hi')] });
    expect(sent('gemini', turn, ['no-system-role'])).toEqual({
      body: { contents: [{ role: 'user', parts: [{ text: 'A' }, { text: 'Hi' }] }] },
      repairs: ['sent system messages as user'],
    });
    // That of Gemma was never written.
    expect(sent('gemini', turn, ['no-system-role'], 'gemma-3-27b-it').repairs).toEqual([]);
  });

  it('sends neither thoughts nor their proofs back to who refuses them', () => {
    const signature = { family: 'gemini', value: 'c2ln' } as const;
    const signed: Part[] = [
      { type: 'text', text: 'a', signature },
      { type: 'text', text: '', signature },
    ];
    const turn = turnOf({
      messages: [
        says('user', 'Hi'),
        says('assistant', thought('gemini'), ...signed, call('a', true), call('b', true)),
        says('user', result('a'), result('b')),
      ],
    });
    for (const model of ['gemini-2.5-pro', 'gemini-3-pro-preview']) {
      const whole = sent('gemini', turn, ['no-thinking-replay'], model);
      expect(partsOf(whole, 1)).toEqual([
        { text: 'a' },
        { functionCall: { id: 'a', name: 'f', args: {} }, thoughtSignature: noProof },
        { functionCall: { id: 'b', name: 'f', args: {} } },
      ]);
      expect(whole.repairs).toEqual(['left out earlier thinking']);
    }
  });

  const tool = (name: string, schema: JsonObject) =>
    ({ kind: 'function', name, description: null, schema, strict: null }) as const;

  it('has tools with plain schemas, or none where nothing is left of them', () => {
    const properties = { a: { type: ['string', 'null'] } };
    const turn = turnOf({
      tools: [
        tool('f', { $schema: 'x', type: 'object', properties, additionalProperties: false }),
        tool('g', { type: 'object', additionalProperties: true }),
        tool('h', { properties: { n: { type: 'integer', exclusiveMinimum: 1 } } }),
      ],
    });
    const plain = (inner: Body) => ({ type: 'OBJECT', properties: inner });
    const { body, repairs } = sent('gemini', turn, ['plain-schemas']);
    expect(body.tools).toEqual([
      {
        functionDeclarations: [
          { name: 'f', parameters: plain({ a: { type: 'STRING', nullable: true } }) },
          { name: 'g' },
          { name: 'h', parameters: plain({ n: { type: 'INTEGER', minimum: 2 } }) },
        ],
      },
    ]);
    expect(repairs).toEqual(['simplified tool schemas']);
  });

  it('asks for JSON with a plain schema', () => {
    const schema = { type: 'integer', exclusiveMinimum: 1 };
    const output = { type: 'schema', name: 'n', description: null, schema, strict: true } as const;
    const { body, repairs } = sent('gemini', turnOf({ output }), ['plain-schemas']);
    expect(body.generationConfig).toEqual({
      responseMimeType: 'application/json',
      responseSchema: { type: 'INTEGER', minimum: 2 },
    });
    expect(repairs).toEqual(['simplified the answer schema']);
  });

  it('leaves out options, in whichever spelling and place they were named', () => {
    const turn = turnOf({ sampling: sampling({ topK: 3, seed: 7 }), serviceTier: 'flex', maxTokens: 5 });
    const quirks: Quirk[] = ['drop:top_k', 'drop:generationConfig.seed', 'drop:service_tier', 'drop:absent'];
    const { body, repairs } = sent('gemini', turn, quirks);
    expect(body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      generationConfig: { maxOutputTokens: 5 },
    });
    expect(repairs).toEqual([
      'left out generationConfig.top_k',
      'left out generationConfig.seed',
      'left out service_tier',
    ]);
    const topK = turnOf({ sampling: sampling({ topK: 3 }) });
    expect(sent('gemini', topK, ['drop:topK']).body).not.toHaveProperty('generationConfig');
  });
});

describe('any conversation', () => {
  const every: Quirk[] = [
    ...(['no-stream-options', 'no-developer-role', 'no-system-role', 'merge-roles'] as const),
    ...(['plain-schemas', 'no-thinking-replay', 'max-completion-tokens'] as const),
    ...(['drop:temperature', 'drop:top_k', 'drop:thinking', 'drop:tool_choice'] as const),
  ];

  it.each(dialectNames)('in %s is mended once and for all, whatever is refused', (dialect) => {
    fc.assert(
      fc.property(randomTurns, fc.subarray(every), (turn, quirks) => {
        try {
          sent(dialect, turn, quirks);
        } catch (error) {
          if (!(error instanceof CannotHoldError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
