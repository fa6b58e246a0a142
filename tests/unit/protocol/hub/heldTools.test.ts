import { describe, expect, it } from 'vitest';
import { heldTools } from '../../../../main/protocol/hub/heldTools.ts';
import { CannotHoldError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { Tool, ToolChoice } from '../../../../main/protocol/hub/turn.ts';
import { functionTool, turnOf } from '../chat/turnOf.ts';

const search: Tool = { kind: 'hosted', type: 'web_search', name: null };
const hold = (tools: readonly Tool[], toolChoice: ToolChoice | null = null) =>
  heldTools(turnOf({ tools, toolChoice }), 'Gemini');

describe('heldTools', () => {
  it('keeps functions and names what is left out', () => {
    expect(hold([functionTool('f'), search])).toEqual({
      tools: [functionTool('f')],
      dropped: ['web_search'],
    });
  });

  it.each<ToolChoice>([
    { type: 'auto' },
    { type: 'none' },
    { type: 'allowed', names: ['f'], required: false },
  ])('lets choice $type pass', (choice) => {
    expect(hold([search], choice).dropped).toEqual(['web_search']);
  });

  it('refuses where the client insists on what is not there', () => {
    for (const choice of [{ type: 'required' }, { type: 'tool', name: 'web_search' }] as const) {
      expect(() => hold([search], choice)).toThrow(CannotHoldError);
      expect(() => hold([search], choice)).toThrow(/"web_search".*Gemini/);
    }
  });

  it('says of a tool that nobody declared just that', () => {
    expect(() => hold([functionTool('f')], { type: 'tool', name: 'g' })).toThrow(/"g".*not among the tools/);
  });

  it('lets the client insist on what is there', () => {
    const tools = [functionTool('f'), search];
    expect(hold(tools, { type: 'required' }).tools).toHaveLength(1);
    expect(hold(tools, { type: 'tool', name: 'f' }).tools).toHaveLength(1);
    expect(hold([], { type: 'required' })).toEqual({ tools: [], dropped: [] });
  });
});
