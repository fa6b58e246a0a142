import { describe, expect, it } from 'vitest';
import { ForeignEventError } from '../../../../main/protocol/hub/hubErrors.ts';
import type { JsonObject } from '../../../../main/protocol/hub/turn.ts';
import { ondemandDialect } from '../../../../main/protocol/ondemand/ondemandDialect.ts';
import { offering } from './fixture.ts';

const whole = {
  message: 'Chat query submitted successfully',
  data: {
    sessionId: 's',
    messageId: 'm',
    answer: 'Hello!',
    status: 'completed',
    metrics: { inputTokens: 12, outputTokens: 3, totalTokens: 15, totalTimeSec: 1.2 },
  },
};

const judge = (body: unknown) =>
  ondemandDialect.readAnswer(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('a whole answer of on-demand.io', () => {
  it('is read where it stands in data', () => {
    expect(ondemandDialect.decodeResult(whole, 'req_1')).toEqual({
      id: 'm',
      model: null,
      parts: [{ type: 'text', text: 'Hello!' }],
      finish: 'stop',
      stopSequence: null,
      usage: { inputTokens: 12, outputTokens: 3, cachedTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
    });
    expect(judge(whole)).toMatchObject({ fault: null, usage: { inputTokens: 12, outputTokens: 3 } });
  });

  it('is read where it stands at the top', () => {
    const result = ondemandDialect.decodeResult({ answer: 'Hi' }, 'req_1');
    expect(result).toMatchObject({ parts: [{ type: 'text', text: 'Hi' }], usage: null });
    expect(judge({ answer: 'Hi' })).toEqual({ fault: null, usage: null });
  });

  it('holds calls of the tools that were offered', () => {
    const body = { data: { answer: '<run_tool name="look">{"a":1}</run_tool>' } };
    const call = { type: 'toolCall', kind: 'function', id: 'call_1_0', name: 'look', arguments: '{"a":1}' };
    expect(ondemandDialect.decodeResult(body, 'req_1', offering('look'))).toMatchObject({
      parts: [call],
      finish: 'toolCalls',
    });
  });

  const faults: [string, JsonObject, RegExp][] = [
    ['an error', { errorCode: 'server_error', message: 'Internal server error' }, /Internal server error/],
    ['an error within', { data: { errorCode: 'x', message: 'No' } }, /^No \(x\)$/],
    ['an empty answer', { data: { answer: '  ', status: 'completed' } }, /empty/],
    ['a failure', { data: { answer: '', status: 'failed' } }, /failed/],
    ['a query that goes on', { data: { sessionId: 's', status: 'processing' } }, /no text/],
  ];

  it.each(faults)('is none where it is %s', (_, body, says) => {
    expect(judge(body).fault).toMatch(says);
    expect(() => ondemandDialect.decodeResult(body, 'r')).toThrow(ForeignEventError);
    expect(() => ondemandDialect.decodeResult(body, 'r')).toThrow(says);
  });

  it.each(['', '<html><title>520</title>', '[1]', 'event:message\ndata:[DONE]\n\n'])(
    'is none where the body is %j',
    (body) => {
      expect(judge(body).fault).not.toBeNull();
    },
  );
});
