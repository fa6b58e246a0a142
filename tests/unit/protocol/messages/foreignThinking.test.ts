import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';
import {
  mayHoldForeignThinking,
  withoutForeignThinking,
} from '../../../../main/protocol/messages/foreignThinking.ts';
import { messagesDialect } from '../../../../main/protocol/messages/messagesDialect.ts';
import { aContext, fixture } from './turns.ts';

const own = { type: 'thinking', thinking: 'Own.', signature: 'EqQB' };
const foreign = { type: 'thinking', thinking: '', signature: 'sluice:gemini:call::c2ln' };
const unsigned = { type: 'thinking', thinking: 'Loud.', signature: '' };
const use = { type: 'tool_use', id: 'a', name: 'f', input: {} };
const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] };

const body = (content: JsonObject[], more: JsonObject = {}): JsonObject => ({
  thinking: { type: 'enabled', budget_tokens: 2_000 },
  ...more,
  messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant', content }, result],
});

describe('withoutForeignThinking', () => {
  it('leaves a conversation with Claude as it is', () => {
    const claude = JSON.parse(fixture('claude-code-request.json')) as JsonObject;
    expect(withoutForeignThinking(claude)).toBe(claude);
    expect(mayHoldForeignThinking(Buffer.from(fixture('claude-code-request.json')))).toBe(false);
    expect(withoutForeignThinking(body([own, use]))).toEqual(body([own, use]));
  });

  it('leaves out what other models thought, and switches off a budget that would ask for it', () => {
    const { thinking: _, ...off } = body([use]);
    expect(withoutForeignThinking(body([foreign, unsigned, use]))).toEqual(off);
    expect(withoutForeignThinking(body([own, foreign, use]))).toEqual(body([own, use]));
    const adaptive = { thinking: { type: 'adaptive' } };
    expect(withoutForeignThinking(body([foreign, use], adaptive))).toEqual(body([use], adaptive));
  });

  it('leaves no empty message behind', () => {
    expect(withoutForeignThinking(body([foreign])).messages).toEqual([
      { role: 'user', content: 'Hi' },
      result,
    ]);
  });

  it('sees in the bytes whatever this gateway wrote for another model', () => {
    const citation = { url: 'https://x.example', title: null, quote: null, start: null, end: null };
    const answer = messagesDialect.encodeResult(
      {
        id: null,
        model: null,
        parts: [{ type: 'text', text: 'Hi', citations: [citation] }],
        finish: 'stop',
        stopSequence: null,
        usage: null,
      },
      aContext(),
    );
    const again = body(answer.content as JsonObject[], {});
    expect(mayHoldForeignThinking(Buffer.from(JSON.stringify(again)))).toBe(true);
    expect(withoutForeignThinking(again).messages).toMatchObject([
      {},
      { content: [{ type: 'text', text: 'Hi' }] },
      {},
    ]);
    expect(JSON.stringify(withoutForeignThinking(again))).not.toContain('citations');
    expect(mayHoldForeignThinking(Buffer.from(JSON.stringify(body([unsigned]))))).toBe(true);
  });
});
