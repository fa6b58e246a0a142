import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../../main/base/gatewayError.ts';
import type { JsonObject, Turn } from '../../../../main/protocol/hub/turn.ts';
import { messagesDialect } from '../../../../main/protocol/messages/messagesDialect.ts';
import { fixture } from './turns.ts';

type Params = Anthropic.MessageCreateParams;

const decode = (body: object): Turn =>
  messagesDialect.decodeRequest(body as JsonObject, { model: 'of-the-path', stream: false });

const ask = (changes: Partial<Params> = {}): Params =>
  ({ model: 'claude-x', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }], ...changes }) as Params;

const userParts = (content: Anthropic.MessageParam['content']) =>
  decode(ask({ messages: [{ role: 'user', content }] })).messages[0]?.parts;
const assistantParts = (content: Anthropic.MessageParam['content']) =>
  decode(ask({ messages: [{ role: 'assistant', content }] })).messages[0]?.parts;

function paramOf(body: object): string | null {
  try {
    decode(body);
  } catch (error) {
    if (error instanceof GatewayError && error.status === 400) return error.param;
    throw error;
  }
  return 'nothing';
}

describe('decodeMessagesRequest', () => {
  it.each<[string, Params['system'], string[]]>([
    [
      'a block',
      [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.177.01c; cch=36ee5;' },
        { type: 'text', text: 'You are Claude Code.' },
      ],
      ['You are Claude Code.'],
    ],
    ['a line', 'x-anthropic-billing-header: cch=1;\n\nYou are Claude Code.', ['You are Claude Code.']],
    ['alone', 'x-anthropic-billing-header: cch=1;', []],
  ])(
    'leaves out what Claude Code tells Anthropic’s accounting, which differs each time: %s',
    (_, system, told) => {
      const { messages, dropped } = decode(ask({ system }));
      const said = messages.filter(({ role }) => role === 'system').flatMap(({ parts }) => parts);
      expect(said.map((part) => part.type === 'text' && part.text)).toEqual(told);
      expect(dropped).toEqual(['x-anthropic-billing-header']);
    },
  );

  it('leaves a system prompt alone that speaks of headers later on', () => {
    const system = 'Be brief.\nx-anthropic-billing-header: is none of yours.';
    const { messages, dropped } = decode(ask({ system }));
    expect(messages[0]?.parts).toEqual([{ type: 'text', text: system }]);
    expect(dropped).toEqual([]);
  });

  it('tells what a search for tools found, whose tools are all declared', () => {
    const found = { type: 'tool_reference', tool_name: 'Browse' } as const;
    const parts = userParts([{ type: 'tool_result', tool_use_id: 'toolu_1', content: [found] }]);
    expect(parts).toMatchObject([{ type: 'toolResult', parts: [{ type: 'text', text: 'Found: Browse' }] }]);
  });

  it('reads what Claude Code sends', () => {
    const turn = decode(JSON.parse(fixture('claude-code-request.json')) as object);
    expect(turn).toMatchObject({
      model: 'claude-opus-4-6',
      stream: true,
      maxTokens: 32_000,
      user: 'user_1f2e_account__session_9a7d',
      reasoning: { effort: 'high', budgetTokens: null, adaptive: true, visible: true },
      toolChoice: { type: 'auto' },
    });
    expect(turn.dropped.toSorted()).toEqual(['betas', 'context_management', 'eager_input_streaming']);
    const [system, user, assistant, results] = turn.messages;
    expect(system).toMatchObject({
      role: 'system',
      parts: [{ cache: { ttl: null } }, { cache: { ttl: '1h' } }],
    });
    expect(user?.parts).toHaveLength(2);
    expect(assistant?.parts).toMatchObject([
      {
        type: 'reasoning',
        text: 'The user wants a list.',
        signature: { family: 'anthropic', value: 'EuYBCkQIBRgCKkDdT9TeY3Cf' },
      },
      { type: 'text', text: "I'll look." },
      { type: 'toolCall', id: 'toolu_011xQ', arguments: '{"command":"ls -la","description":"List files"}' },
      { type: 'toolCall', id: 'toolu_012xQ', name: 'Read' },
    ]);
    expect(results?.parts).toMatchObject([
      {
        type: 'toolResult',
        callId: 'toolu_011xQ',
        parts: [{ type: 'text', text: 'README.md\nlogo.png' }],
        isError: false,
      },
      {
        type: 'toolResult',
        parts: [{ type: 'text' }, { type: 'media', media: 'image', mediaType: 'image/png' }],
      },
      { type: 'text', text: 'Go on.', cache: { ttl: null } },
    ]);
    expect(turn.tools).toMatchObject([
      { kind: 'function', name: 'Bash', strict: null },
      { kind: 'function', name: 'Read', cache: { ttl: null } },
      { kind: 'hosted', type: 'web_search_20250305', name: 'web_search' },
    ]);
  });

  it('reads system as a string and in its place among the messages', () => {
    const turn = decode(
      ask({
        system: 'Be brief.',
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'system', content: [{ type: 'text', text: 'It is late.' }] },
        ],
      }),
    );
    expect(turn.messages.map(({ role, parts }) => [role, parts])).toEqual([
      ['system', [{ type: 'text', text: 'Be brief.' }]],
      ['user', [{ type: 'text', text: 'Hi' }]],
      ['system', [{ type: 'text', text: 'It is late.' }]],
    ]);
  });

  it('reads images and documents of each source', () => {
    const base64 = { type: 'base64' as const, media_type: 'application/pdf' as const, data: 'JVBERi0' };
    const parts = userParts([
      { type: 'image', source: { type: 'base64', media_type: 'image/webp', data: 'UklG' } },
      { type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } },
      { type: 'image', source: { type: 'file', file_id: 'file_1' } },
      {
        type: 'document',
        source: base64,
        title: 'Plan',
        context: 'Drawn in May.',
        cache_control: { type: 'ephemeral', ttl: '5m' },
      },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Words.' } },
      { type: 'document', source: { type: 'url', url: 'https://x.example/a.pdf' } },
      { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'Inside.' }] } },
      { type: 'document', source: { type: 'content', content: 'Also.' } },
    ]);
    const media = { type: 'media', detail: null, name: null };
    expect(parts).toEqual([
      { ...media, media: 'image', mediaType: 'image/webp', source: { from: 'base64', data: 'UklG' } },
      { ...media, media: 'image', mediaType: null, source: { from: 'url', url: 'https://x.example/a.png' } },
      { ...media, media: 'image', mediaType: null, source: { from: 'file', id: 'file_1' } },
      { type: 'text', text: 'Drawn in May.' },
      {
        ...media,
        media: 'file',
        mediaType: 'application/pdf',
        source: { from: 'base64', data: 'JVBERi0' },
        name: 'Plan',
        cache: { ttl: '5m' },
      },
      { ...media, media: 'file', mediaType: 'text/plain', source: { from: 'text', text: 'Words.' } },
      {
        ...media,
        media: 'file',
        mediaType: 'application/pdf',
        source: { from: 'url', url: 'https://x.example/a.pdf' },
      },
      { type: 'text', text: 'Inside.' },
      { ...media, media: 'file', mediaType: 'text/plain', source: { from: 'text', text: 'Also.' } },
    ]);
  });

  it('keeps the words of search results and hosted tools, and names what it leaves out', () => {
    const turn = decode(
      ask({
        messages: [
          {
            role: 'user',
            content: [
              {
                type: 'search_result',
                source: 'https://x.example',
                title: 'X',
                content: [{ type: 'text', text: 'Found.' }],
              },
              {
                type: 'document',
                source: { type: 'text', media_type: 'text/plain', data: 'D' },
                citations: { enabled: true },
              },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'server_tool_use', id: 's1', name: 'code_execution', input: {} },
              {
                type: 'code_execution_tool_result',
                tool_use_id: 's1',
                content: {
                  type: 'code_execution_result',
                  stdout: '42',
                  stderr: '',
                  return_code: 0,
                  content: [],
                },
              },
              { type: 'container_upload', file_id: 'file_1' },
            ],
          },
        ],
      }),
    );
    expect(turn.messages[0]?.parts[0]).toEqual({ type: 'text', text: 'X\nhttps://x.example\nFound.' });
    expect(turn.messages[1]?.parts).toEqual([{ type: 'text', text: '42' }]);
    expect(turn.dropped.toSorted()).toEqual(['citations', 'container_upload', 'server_tool_use']);
  });

  it('gives each family its proof back', () => {
    const use = { type: 'tool_use' as const, id: 'c', name: 'f', input: {} };
    expect(
      assistantParts([
        { type: 'thinking', thinking: 'Own.', signature: 'EqQB' },
        { type: 'redacted_thinking', data: 'EmwK' },
        { type: 'thinking', thinking: '', signature: 'sluice:openai:thinking:rs_1:gAAA:B' },
        { type: 'thinking', thinking: 'Hm.', signature: 'sluice:gemini:call::c2ln' },
        use,
        use,
        { type: 'thinking', thinking: 'Unsigned.', signature: '' },
      ]),
    ).toEqual([
      { type: 'reasoning', text: 'Own.', signature: { family: 'anthropic', value: 'EqQB' } },
      { type: 'reasoning', text: '', redacted: true, signature: { family: 'anthropic', value: 'EmwK' } },
      { type: 'reasoning', text: '', id: 'rs_1', signature: { family: 'openai', value: 'gAAA:B' } },
      { type: 'reasoning', text: 'Hm.' },
      {
        type: 'toolCall',
        kind: 'function',
        id: 'c',
        name: 'f',
        arguments: '{}',
        signature: { family: 'gemini', value: 'c2ln' },
      },
      { type: 'toolCall', kind: 'function', id: 'c', name: 'f', arguments: '{}' },
      { type: 'reasoning', text: 'Unsigned.' },
    ]);
  });

  it.each([
    [
      { thinking: { type: 'enabled', budget_tokens: 2_000 } },
      { effort: null, budgetTokens: 2_000, adaptive: false, visible: true },
    ],
    [
      { thinking: { type: 'adaptive', display: 'omitted' } },
      { effort: null, budgetTokens: null, adaptive: true, visible: false },
    ],
    [
      { thinking: { type: 'disabled' }, output_config: { effort: 'high' } },
      { effort: 'none', budgetTokens: null, adaptive: false, visible: null },
    ],
    [
      { thinking: { type: 'between_tools' } },
      { effort: 'low', budgetTokens: null, adaptive: true, visible: true },
    ],
    [
      { output_config: { effort: 'xhigh' } },
      { effort: 'xhigh', budgetTokens: null, adaptive: false, visible: null },
    ],
    [{}, null],
  ] as const)('reads the wish to think in %j', (changes, wish) => {
    expect(decode(ask(changes as Partial<Params>)).reasoning).toEqual(wish);
  });

  it('reads tools, the choice of them and the output’s schema', () => {
    const schema = { type: 'object' as const, properties: { a: { type: 'string' } } };
    const turn = decode(
      ask({
        tools: [
          { name: 'f', input_schema: schema, strict: true, defer_loading: true },
          { type: 'web_fetch_20250910', name: 'web_fetch' },
        ],
        tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true },
        output_config: { format: { type: 'json_schema', schema } },
        stop_sequences: ['###'],
        service_tier: 'standard_only',
      }),
    );
    expect(turn).toMatchObject({
      tools: [
        { kind: 'function', name: 'f', description: null, schema, strict: true },
        { kind: 'hosted', type: 'web_fetch_20250910', name: 'web_fetch' },
      ],
      toolChoice: { type: 'tool', name: 'f' },
      parallelToolCalls: false,
      output: { type: 'schema', name: null, schema },
      stop: ['###'],
      serviceTier: 'default',
      dropped: ['defer_loading'],
    });
    const older = { ...ask(), output_format: { type: 'json_schema', schema } };
    expect(decode(older).output).toMatchObject({ schema });
    expect(decode(ask({ tool_choice: { type: 'any' } })).toolChoice).toEqual({ type: 'required' });
  });

  it('shows other models the tools that Claude knows by heart and the client runs', () => {
    const tools = decode(
      ask({
        tools: [
          { type: 'bash_20250124', name: 'bash', cache_control: { type: 'ephemeral' } },
          { type: 'text_editor_20250124', name: 'str_replace_editor' },
          { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' },
          { type: 'memory_20250818', name: 'memory' },
        ],
      }),
    ).tools;
    const command = (name: string) => {
      const tool = tools.find((one) => one.name === name);
      if (tool?.kind !== 'function') throw new Error(`${name} is no function`);
      expect(tool.description).not.toBe(null);
      const { properties } = tool.schema as { properties: Record<string, { enum?: string[] }> };
      return { names: Object.keys(properties), commands: properties.command?.enum };
    };
    expect(tools.map(({ kind }) => kind)).toEqual(['function', 'function', 'function', 'function']);
    expect(tools[0]).toMatchObject({ cache: { ttl: null } });
    expect(command('bash').names).toEqual(['command', 'restart']);
    expect(command('str_replace_editor').commands).toContain('undo_edit');
    expect(command('str_replace_based_edit_tool').commands).not.toContain('undo_edit');
    const asked = [
      { command: 'view', path: '/memories', view_range: [1, 2] },
      { command: 'create', path: '/memories/a', file_text: 'x' },
      { command: 'str_replace', path: '/memories/a', old_str: 'x', new_str: 'y' },
      { command: 'insert', path: '/memories/a', insert_line: 0, insert_text: 'z' },
      { command: 'delete', path: '/memories/a' },
      { command: 'rename', old_path: '/memories/a', new_path: '/memories/b' },
    ] satisfies Anthropic.Beta.BetaMemoryTool20250818Command[];
    const { names, commands } = command('memory');
    expect(asked.map((one) => one.command)).toEqual(commands);
    expect([...new Set(asked.flatMap(Object.keys))].toSorted()).toEqual(names.toSorted());
  });

  it('reads the parameters of older clients, and needs no max_tokens to count', () => {
    const { max_tokens: _, ...counted } = ask();
    expect(decode(counted).maxTokens).toBe(null);
    expect(decode({ ...ask(), temperature: 0.5, top_p: 0.9, top_k: 5 }).sampling).toMatchObject({
      temperature: 0.5,
      topP: 0.9,
      topK: 5,
    });
  });

  it('names unknown members and takes them for harmless', () => {
    const body = {
      ...ask(),
      container: 'c',
      mcp_servers: [],
      speed: null,
      output_config: { task_budget: { total: 1 } },
    };
    expect(decode(body).dropped).toEqual(['container', 'mcp_servers', 'output_config.task_budget']);
  });

  it('marks the last block where the request itself asks for it', () => {
    expect(decode(ask({ cache_control: { type: 'ephemeral' } })).messages.at(-1)?.parts).toEqual([
      { type: 'text', text: 'Hi', cache: { ttl: null } },
    ]);
  });

  it.each([
    [{ model: 'x' }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['Hi'] }, 'messages[0]'],
    [{ messages: [{ role: 'tool', content: '' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user' }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages[0].content[0].text'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'x' } }] }] },
      'messages[0].content[0].source.type',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'tool_use', id: 'a', name: 'b' }] }] },
      'messages[0].content[0].type',
    ],
    [
      { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'b', input: 'x' }] }] },
      'messages[0].content[0].input',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'tool_result', content: 'x' }] }] },
      'messages[0].content[0].tool_use_id',
    ],
    [{ ...ask(), max_tokens: 'many' }, 'max_tokens'],
    [{ ...ask(), tools: [{ input_schema: {} }] }, 'tools[0].name'],
    [{ ...ask(), tool_choice: { type: 'some' } }, 'tool_choice.type'],
    [{ ...ask(), stop_sequences: [1] }, 'stop_sequences[0]'],
    [{ ...ask(), output_config: { format: { type: 'yaml' } } }, 'output_config.format'],
  ])('says which field is wrong in %j', (body, param) => {
    expect(paramOf(body)).toBe(param);
  });
});
