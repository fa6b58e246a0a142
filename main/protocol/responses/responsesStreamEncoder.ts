// What happens -> the events of /v1/responses. The response begins and ends with the whole object; in between items come and go.

import type { AnswerContext, StreamEncoder } from '../dialect.ts';
import type { DialectError } from '../dialectError.ts';
import { commentHeartbeat } from '../heartbeat.ts';
import { guessUsage } from '../hub/guessUsage.ts';
import type { FinishReason, Usage } from '../hub/turnResult.ts';
import { createOutputWriter } from './output/outputWriter.ts';
import { type ResponseState, responseObject } from './responseObject.ts';
import { responsesEvent } from './responsesEvent.ts';

const upstreamFailed = (message: string, code: string | null): DialectError => ({
  status: 502,
  message,
  type: 'server_error',
  code,
  param: null,
  retryAfterMs: null,
});

export function createResponsesStreamEncoder(context: AnswerContext): StreamEncoder {
  let text = '';
  let sequence = 0;
  let begun = false;
  let over = false;
  let finish: FinishReason = 'stop';
  let usage: Usage | null = null;

  function emit(type: string, fields: Record<string, unknown>): void {
    text += responsesEvent(type, sequence, fields);
    sequence += 1;
  }

  const writer = createOutputWriter(context, emit);
  const respond = (type: string, state: ResponseState, output: readonly unknown[]): void =>
    emit(type, { response: responseObject(context, state, output) });

  function begin(): void {
    if (begun) return;
    begun = true;
    respond('response.created', { status: 'in_progress' }, []);
    respond('response.in_progress', { status: 'in_progress' }, []);
  }

  function complete(): void {
    over = true;
    const whole = finish === 'stop' || finish === 'toolCalls';
    writer.close(whole ? 'completed' : 'incomplete');
    const counted = usage ?? guessUsage(context.inputTokens, writer.written);
    const type = whole ? 'response.completed' : 'response.incomplete';
    respond(type, { status: 'ended', finish, usage: counted }, writer.output());
  }

  function breakOff(error: DialectError): void {
    if (over) return;
    begin();
    over = true;
    respond('response.failed', { status: 'failed', error, usage }, writer.output());
  }

  function taken(): string {
    const told = text;
    text = '';
    return told;
  }

  return {
    push(event) {
      if (over) return '';
      begin();
      writer.push(event);
      if (event.type === 'usage') usage = event.usage;
      else if (event.type === 'finish') finish = event.reason;
      else if (event.type === 'end') complete();
      else if (event.type === 'error') breakOff(upstreamFailed(event.message, event.code));
      return taken();
    },
    fail(error) {
      breakOff(error);
      return taken();
    },
    heartbeat() {
      // Codex waits for events: comments don't count (clients.md section 3).
      if (!begun) return commentHeartbeat.toString();
      if (!over) respond('response.in_progress', { status: 'in_progress' }, []);
      return taken();
    },
  };
}
