import { describe, expect, it } from 'vitest';
import { dialectNames } from '../../../main/protocol/dialect.ts';
import { dialects } from '../../../main/protocol/dialects.ts';
import { createToolRestorer, heldTurn } from '../../../main/protocol/heldTurn.ts';
import type { Turn } from '../../../main/protocol/hub/turn.ts';
import { functionTool, turnOf } from './chat/turnOf.ts';

const long = `mcp__${'server_'.repeat(20)}tool`;

const turn = (name: string): Turn =>
  turnOf({
    tools: [functionTool('fine'), functionTool(name), { kind: 'hosted', type: 'web.search', name: null }],
    toolChoice: { type: 'allowed', names: ['fine', name], required: true },
    messages: [
      { role: 'assistant', parts: [{ type: 'toolCall', kind: 'function', id: 'c', name, arguments: '{}' }] },
      {
        role: 'user',
        parts: [{ type: 'toolResult', callId: 'c', name, kind: 'function', parts: [], isError: false }],
      },
    ],
  });

const toolsOf = ({ tools, toolChoice, messages }: Turn) => ({ tools, toolChoice, messages });

describe.each(dialectNames)('names of tools in %s', (dialect) => {
  const rules = dialects[dialect];

  it.each([long, 'with space', 'größer'])('spells %s so that it takes them, everywhere', (name) => {
    const { turn: held, repairs } = heldTurn(turn(name), rules);
    const spelled = held.tools[1]?.name ?? '';
    expect(spelled).toMatch(rules.toolNames ?? /^$/);
    expect(repairs).toEqual(['rewrote names of tools']);
    const named = JSON.stringify(toolsOf(turn(name))).replaceAll(
      JSON.stringify(name),
      JSON.stringify(spelled),
    );
    expect(toolsOf(held)).toEqual(JSON.parse(named));
    const restore = createToolRestorer(turn(name), rules);
    const call = { type: 'toolCall', index: 0, kind: 'function', id: 'c', signature: null } as const;
    expect(restore({ ...call, name: spelled })).toEqual([{ ...call, name }]);
    expect(restore({ ...call, name: 'fine' })).toEqual([{ ...call, name: 'fine' }]);
  });

  it('leaves alone what it takes', () => {
    const given = turn('plain_name-1');
    expect(heldTurn(given, rules)).toEqual({ turn: given, repairs: [] });
    expect(heldTurn(given, rules).turn).toBe(given);
  });

  it('keeps names apart that would look alike', () => {
    const names = [`${long}1`, `${long}2`, 'a b', 'a_b', 'a\tb'];
    const { turn: held } = heldTurn(turnOf({ tools: names.map(functionTool) }), rules);
    expect(new Set(held.tools.map(({ name }) => name)).size).toBe(names.length);
  });
});

it('spells a custom tool that becomes a function, and gives back its free text', () => {
  const given = turnOf({ tools: [{ kind: 'custom', name: long, description: null, format: null }] });
  const { turn: held } = heldTurn(given, dialects.chat);
  const name = held.tools[0]?.name ?? '';
  expect(held.tools[0]?.kind).toBe('function');
  const restore = createToolRestorer(given, dialects.chat);
  const events = [
    ...restore({ type: 'toolCall', index: 0, kind: 'function', id: 'c', name, signature: null }),
    ...restore({ type: 'toolArguments', index: 0, text: '{"input":"free"}' }),
    ...restore({ type: 'end' }),
  ];
  expect(events).toMatchObject([
    { type: 'toolCall', kind: 'custom', name: long },
    { type: 'toolArguments', text: 'free' },
    { type: 'end' },
  ]);
});
