import { describe, expect, it } from 'vitest';
import { ownReasoningOnly } from '../../../../main/protocol/responses/ownReasoning.ts';

const items = (...input: unknown[]): Buffer =>
  Buffer.from(JSON.stringify({ model: 'm', input, stream: true }));
const user = { role: 'user', content: 'sluice: "rs_req_1" é' };

describe('ownReasoningOnly', () => {
  it('hands back the very bytes where nothing is carried', () => {
    for (const body of [
      items(user, { type: 'reasoning', id: 'rs_1', encrypted_content: 'gAAA' }),
      Buffer.from('{}'),
    ])
      expect(ownReasoningOnly(body)).toBe(body);
  });

  it('leaves out what others signed, and what nobody knows', () => {
    const body = items(
      user,
      {
        type: 'reasoning',
        id: 'rs_req_a_0',
        summary: [],
        encrypted_content: 'sluice:anthropic:thinking::EqQB',
      },
      { type: 'reasoning', id: 'rs_req_a_1', summary: [] },
      { type: 'item_reference', id: 'rs_req_a_2' },
      { type: 'reasoning', id: 'rs_own', summary: [], encrypted_content: 'gAAA' },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{"a":"sluice:gemini:call::x"}' },
    );
    expect(JSON.parse(ownReasoningOnly(body).toString())).toEqual({
      model: 'm',
      stream: true,
      input: [
        user,
        { type: 'reasoning', id: 'rs_own', summary: [], encrypted_content: 'gAAA' },
        { type: 'function_call', call_id: 'c', name: 'f', arguments: '{"a":"sluice:gemini:call::x"}' },
      ],
    });
  });

  it('puts OpenAI’s own back under its own id', () => {
    const body = items({
      type: 'reasoning',
      id: 'rs_req_a_0',
      summary: [{ type: 'summary_text', text: 's' }],
      encrypted_content: 'sluice:openai:thinking:rs_9:gA:AA',
    });
    expect(JSON.parse(ownReasoningOnly(body).toString()).input).toEqual([
      {
        type: 'reasoning',
        id: 'rs_9',
        summary: [{ type: 'summary_text', text: 's' }],
        encrypted_content: 'gA:AA',
      },
    ]);
  });

  it('lets input that is text alone', () => {
    const body = Buffer.from('{"input":"say \\"rs_req_ and", "x": "\\"sluice:"}');
    expect(ownReasoningOnly(body).toString()).toBe(body.toString());
  });
});
