// Tools of OpenAI's own that the client runs: another model calls a function, and the client never learns of it.
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { createTurnCollector } from '../../../../main/protocol/hub/collectTurn.ts';
import { heldTools } from '../../../../main/protocol/hub/heldTools.ts';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';
import type { TurnEvent } from '../../../../main/protocol/hub/turnEvent.ts';
import { responsesDialect } from '../../../../main/protocol/responses/responsesDialect.ts';
import { contextFor } from './fixture.ts';

type Item = OpenAI.Responses.ResponseInputItem;
type Params = OpenAI.Responses.ResponseCreateParams;

const search = { type: 'object', properties: { query: { type: 'string' } } };
const tools: Params['tools'] = [
  { type: 'local_shell' },
  { type: 'shell', environment: { type: 'local' } },
  { type: 'apply_patch' },
  { type: 'tool_search', execution: 'client', description: 'Finds tools', parameters: search },
];

const patch = { type: 'create_file', path: 'a.txt', diff: '+x' } as const;
const printed = [{ stdout: 'a.txt', stderr: '', outcome: { type: 'exit', exit_code: 0 } }] as const;

/** Each call, what the function that stands for it is given, and what it returned. */
const calls: [string, object, Item & { type: string }, Item, string, boolean][] = [
  [
    'local_shell',
    { command: ['ls'], env: {} },
    {
      type: 'local_shell_call',
      id: 'lsh_1',
      call_id: 'c',
      status: 'completed',
      action: { type: 'exec', command: ['ls'], env: {} },
    },
    { type: 'local_shell_call_output', id: 'c', output: 'a.txt' },
    'a.txt',
    false,
  ],
  [
    'shell',
    { commands: ['ls'], timeout_ms: 5, max_output_length: null },
    {
      type: 'shell_call',
      id: 'sh_1',
      call_id: 'c',
      status: 'completed',
      environment: null,
      action: { commands: ['ls'], timeout_ms: 5, max_output_length: null },
    },
    { type: 'shell_call_output', call_id: 'c', output: [...printed] },
    JSON.stringify(printed),
    false,
  ],
  [
    'apply_patch',
    patch,
    { type: 'apply_patch_call', id: 'apc_1', call_id: 'c', status: 'completed', operation: patch },
    { type: 'apply_patch_call_output', call_id: 'c', status: 'failed', output: 'it exists' },
    'it exists',
    true,
  ],
  [
    'tool_search',
    { query: 'pages' },
    {
      type: 'tool_search_call',
      id: 'tsc_1',
      call_id: 'c',
      status: 'completed',
      execution: 'client',
      arguments: { query: 'pages' },
    },
    {
      type: 'tool_search_output',
      call_id: 'c',
      status: 'completed',
      execution: 'client',
      tools: [{ type: 'function', name: 'get_page', strict: false, parameters: {} }],
    },
    'Found: get_page',
    false,
  ],
];

const decode = (body: object) =>
  responsesDialect.decodeRequest(body as JsonObject, { model: 'm', stream: false });

const answer = (name: string, args: object): TurnEvent[] => [
  { type: 'start', id: null, model: null },
  { type: 'toolCall', index: 0, kind: 'function', id: 'c', name, signature: null },
  ...Array.from(JSON.stringify(args), (text): TurnEvent => ({ type: 'toolArguments', index: 0, text })),
  { type: 'finish', reason: 'toolCalls', stopSequence: null },
  { type: 'end' },
];

describe.each(calls)('%s', (name, args, call, output, said, isError) => {
  it('is a function to other models, as are its calls and results', () => {
    const turn = decode({ tools, input: [{ role: 'user', content: 'Hi' }, call, output] });
    expect(heldTools(turn, 'Another')).toMatchObject({ dropped: [] });
    expect(turn.tools.find((tool) => tool.name === name)).toMatchObject({
      kind: 'function',
      schema: { type: 'object' },
    });
    expect(turn.messages.slice(1)).toMatchObject([
      { role: 'assistant', parts: [{ type: 'toolCall', kind: 'function', id: 'c', name }] },
      { role: 'user', parts: [{ type: 'toolResult', callId: 'c', name, isError, parts: [{ text: said }] }] },
    ]);
    const [asked] = turn.messages[1]?.parts ?? [];
    expect(JSON.parse(asked?.type === 'toolCall' ? asked.arguments : '')).toEqual(args);
    expect(turn.dropped).toEqual([]);
  });

  it('is called in its own kind of item, whole and streamed', () => {
    const context = contextFor({ tools } as unknown as JsonObject);
    const { id: _, ...item } = call as Item & { id: string };
    const collector = createTurnCollector();
    for (const event of answer(name, args)) collector.push(event);
    const whole = responsesDialect.encodeResult(collector.result(), context);
    expect(whole.output).toEqual([{ ...item, id: expect.any(String) }]);
    const encoder = responsesDialect.createStreamEncoder(context);
    const events = answer(name, args)
      .map((event) => encoder.push(event))
      .join('')
      .split('\n')
      .flatMap((line) =>
        line.startsWith('data: ') ? [JSON.parse(line.slice(6)) as Record<string, unknown>] : [],
      );
    const about = events.filter(({ type }) => String(type).startsWith('response.output_item'));
    expect(about).toMatchObject([
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { type: call.type, status: 'in_progress' },
      },
      { type: 'response.output_item.done', output_index: 0, item },
    ]);
    expect(events.some(({ type }) => String(type).includes('arguments'))).toBe(false);
    expect(events.at(-1)).toMatchObject({ type: 'response.completed', response: { output: [item] } });
  });

  it('stays a function where the client has one of that name', () => {
    const own = { type: 'function', name, strict: false, parameters: search };
    const context = contextFor({ tools: [own, ...tools] } as unknown as JsonObject);
    const collector = createTurnCollector();
    for (const event of answer(name, args)) collector.push(event);
    const { output } = responsesDialect.encodeResult(collector.result(), context);
    expect(output).toMatchObject([{ type: 'function_call', name }]);
  });
});

it('leaves to OpenAI what runs there', () => {
  const there: Params['tools'] = [
    { type: 'shell', environment: { type: 'container_auto' } },
    { type: 'tool_search' },
  ];
  const history = {
    type: 'tool_search_output',
    call_id: null,
    execution: 'server',
    status: 'completed',
    tools: [],
  };
  const turn = decode({ tools: there, input: [{ role: 'user', content: 'Hi' }, history] });
  expect(turn.tools.map(({ kind }) => kind)).toEqual(['hosted', 'hosted']);
  expect(turn.messages).toHaveLength(1);
});

it('ends a call that was cut off as incomplete', () => {
  const context = contextFor({ tools } as unknown as JsonObject);
  const collector = createTurnCollector();
  const cut: TurnEvent[] = [
    { type: 'toolCall', index: 0, kind: 'function', id: 'c', name: 'shell', signature: null },
    { type: 'toolArguments', index: 0, text: '{"commands":["l' },
    { type: 'finish', reason: 'length', stopSequence: null },
  ];
  for (const event of cut) collector.push(event);
  const { output } = responsesDialect.encodeResult(collector.result(), context);
  expect(output).toMatchObject([{ type: 'shell_call', status: 'incomplete', action: { timeout_ms: null } }]);
});

it('calls a tool that a search found by the names the client gave it', () => {
  const found = {
    type: 'namespace',
    name: 'wiki',
    description: '',
    tools: [{ type: 'function', name: 'get_page' }],
  };
  const output = {
    type: 'tool_search_output',
    call_id: 'c',
    execution: 'client',
    status: 'completed',
    tools: [found],
  };
  const call = {
    type: 'tool_search_call',
    call_id: 'c',
    execution: 'client',
    status: 'completed',
    arguments: {},
  };
  const body = { tools, input: [{ role: 'user', content: 'Hi' }, call, output] };
  const name = decode(body).tools.at(-1)?.name ?? '';
  const collector = createTurnCollector();
  for (const event of answer(name, {})) collector.push(event);
  const answered = responsesDialect.encodeResult(
    collector.result(),
    contextFor(body as unknown as JsonObject),
  );
  expect(answered.output).toMatchObject([{ type: 'function_call', namespace: 'wiki', name: 'get_page' }]);
});
