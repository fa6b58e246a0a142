import { describe, expect, it } from 'vitest';
import type { WireName } from '../../../../main/protocol/dialect.ts';
import { upstreamDialects } from '../../../../main/protocol/dialects.ts';
import { pairedCalls } from '../../../../main/protocol/hub/pairedCalls.ts';
import { plainTurn } from '../../../../main/protocol/hub/plainTurn.ts';
import type { Message, Part, ToolResultPart, Turn } from '../../../../main/protocol/hub/turn.ts';

const says = (role: Message['role'], text: string): Message => ({ role, parts: [{ type: 'text', text }] });
const call = (id: string): Part => ({ type: 'toolCall', kind: 'function', id, name: 'f', arguments: '{}' });
const calls = (...ids: string[]): Message => ({ role: 'assistant', parts: ids.map(call) });
const result = (callId: string, text = callId): ToolResultPart => ({
  type: 'toolResult',
  callId,
  name: null,
  kind: 'function',
  parts: [{ type: 'text', text }],
  isError: false,
});
const results = (...ids: string[]): Message => ({ role: 'user', parts: ids.map((id) => result(id)) });
const turnOf = (...messages: Message[]): Turn => plainTurn({ model: 'm', messages });

/** Roles and ids in order: what a protocol looks at. */
const outline = ({ messages }: Turn): string[] =>
  messages.map(({ role, parts }) => {
    const ids = parts.map((part) => {
      if (part.type === 'toolCall') return part.id;
      return part.type === 'toolResult' ? `=${part.callId}` : 'text';
    });
    return [role, ...ids].join(' ');
  });

describe('calls and their results', () => {
  it.each([
    [[says('user', 'u'), calls('a', 'b'), results('b', 'a'), says('assistant', 'x')]],
    [[says('user', 'u'), calls('a'), calls('b'), results('a'), results('b'), says('user', 'v')]],
    [[calls('a'), { role: 'user' as const, parts: [{ type: 'text' as const, text: 'And?' }, result('a')] }]],
    // Ids that begin anew with each answer.
    [[calls('0'), results('0'), calls('0'), results('0')]],
  ])('stay the very same where they are in order: %#', (messages) => {
    const turn = turnOf(...messages);
    expect(pairedCalls(turn)).toEqual({ turn, repairs: [] });
    expect(pairedCalls(turn).turn).toBe(turn);
  });

  it('are brought together past what was said in between', () => {
    const { turn, repairs } = pairedCalls(
      turnOf(calls('a', 'b'), results('a'), says('developer', 'd'), results('b'), says('user', 'u')),
    );
    expect(outline(turn)).toEqual(['assistant a b', 'user =a =b', 'developer text', 'user text']);
    expect(repairs).toEqual(['put tool results behind their calls']);
  });

  it('a call that nobody answered is answered so, be it the last', () => {
    const { turn, repairs } = pairedCalls(
      turnOf(calls('a', 'b'), results('b'), says('user', 'u'), calls('c')),
    );
    expect(outline(turn)).toEqual(['assistant a b', 'user =a =b', 'user text', 'assistant c', 'user =c']);
    expect(turn.messages[1]?.parts[0]).toMatchObject({ isError: true });
    expect(repairs).toEqual(['answered tool calls that had no result']);
  });

  it('a result without a call is told as text, and takes no other call’s place', () => {
    const { turn, repairs } = pairedCalls(turnOf(results('gone'), calls('a'), results('a', 'a')));
    expect(outline(turn)).toEqual(['user text text', 'assistant a', 'user =a', 'user text text']);
    expect(repairs).toEqual(['told results without a call as text']);
  });
});

describe('each protocol that insists on it', () => {
  const broken = [says('user', 'u'), calls('a', 'b'), results('a'), says('system', 's'), results('gone')];

  it.each<[WireName, string, string, string]>([
    ['chat', 'gpt-4o', '"tool_calls"', '"tool_call_id"'],
    ['responses', 'gpt-4o', '"function_call"', '"function_call_output"'],
    ['gemini', 'gemini-3-pro-preview', '"functionCall"', '"functionResponse"'],
  ])('%s is sent as many results as calls, at once', (dialect, model, called, answered) => {
    const { body, repairs } = upstreamDialects[dialect].encodeRequest(turnOf(...broken), { model });
    const text = JSON.stringify(body);
    expect(text.split(answered)).toHaveLength(3);
    const between = text.slice(text.lastIndexOf(called), text.lastIndexOf(answered));
    expect(between).not.toMatch(/"role":"(?:system|developer)"/);
    expect(text).toContain('Result of an earlier tool call');
    expect(repairs).toEqual([
      'answered tool calls that had no result',
      'told results without a call as text',
    ]);
  });
});
