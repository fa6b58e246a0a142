// A whole answer -> the events of the stream it could have been.
import type { TurnEvent } from './turnEvent.ts';
import type { TurnResult } from './turnResult.ts';

export function replayTurn(result: TurnResult): TurnEvent[] {
  const events: TurnEvent[] = [{ type: 'start', id: result.id, model: result.model }];
  let calls = 0;
  for (const part of result.parts) {
    switch (part.type) {
      case 'text':
        if (part.text !== '') events.push({ type: 'text', text: part.text });
        for (const citation of part.citations ?? []) events.push({ type: 'citation', citation });
        if (part.signature) events.push({ type: 'textSignature', signature: part.signature });
        break;
      case 'refusal':
        events.push({ type: 'refusal', text: part.text });
        break;
      case 'reasoning':
        if (part.text !== '') events.push({ type: 'reasoning', text: part.text });
        events.push({
          type: 'reasoningEnd',
          signature: part.signature ?? null,
          redacted: part.redacted ?? false,
          id: part.id ?? null,
        });
        break;
      case 'toolCall': {
        const { kind, id, name, signature = null } = part;
        events.push({ type: 'toolCall', index: calls, kind, id, name, signature });
        events.push({ type: 'toolArguments', index: calls, text: part.arguments });
        calls += 1;
        break;
      }
      case 'media':
        events.push({ type: 'media', part });
        break;
      case 'toolResult':
    }
  }
  if (result.usage) events.push({ type: 'usage', usage: result.usage });
  events.push({ type: 'finish', reason: result.finish, stopSequence: result.stopSequence });
  events.push({ type: 'end' });
  return events;
}
