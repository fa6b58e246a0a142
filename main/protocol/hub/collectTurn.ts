// A stream's events -> the whole answer.
import type { Citation, MediaPart, Part, ReasoningPart, Signature, TextPart } from './turn.ts';
import type { TurnEvent } from './turnEvent.ts';
import type { FinishReason, TurnResult, Usage } from './turnResult.ts';

interface OpenCall {
  readonly at: number;
  arguments: string;
}

export interface TurnCollector {
  push(event: TurnEvent): void;
  /** What has come so far; `finish` is `stop` where none was seen. */
  result(): TurnResult;
}

export function createTurnCollector(): TurnCollector {
  const parts: Part[] = [];
  const calls = new Map<number, OpenCall>();
  let id: string | null = null;
  let model: string | null = null;
  let finish: FinishReason = 'stop';
  let stopSequence: string | null = null;
  let usage: Usage | null = null;
  /** The last part still takes text. */
  let open = false;

  function say(type: 'text' | 'reasoning' | 'refusal', text: string): void {
    const last = parts.at(-1);
    if (open && last?.type === type) {
      parts[parts.length - 1] = { ...last, text: last.text + text } as Part;
      return;
    }
    parts.push({ type, text });
    open = true;
  }

  function endReasoning(signature: Signature | null, redacted: boolean, itemId: string | null): void {
    const last = parts.at(-1);
    const begun: ReasoningPart = open && last?.type === 'reasoning' ? last : { type: 'reasoning', text: '' };
    const whole: ReasoningPart = {
      ...begun,
      ...(signature ? { signature } : {}),
      ...(redacted ? { redacted } : {}),
      ...(itemId === null ? {} : { id: itemId }),
    };
    if (begun === last) parts[parts.length - 1] = whole;
    else if (signature || itemId !== null) parts.push(whole);
    // Nothing was thought and nothing is proven: what was said before goes on.
    else return;
    open = false;
  }

  function onText(change: (part: TextPart) => TextPart): void {
    const at = parts.findLastIndex((part) => part.type === 'text');
    const part = parts[at];
    if (part?.type === 'text') parts[at] = change(part);
  }

  function add(part: Part | MediaPart): void {
    parts.push(part);
    open = false;
  }

  return {
    push(event) {
      switch (event.type) {
        case 'start':
          id ??= event.id;
          model ??= event.model;
          return;
        case 'text':
        case 'reasoning':
        case 'refusal':
          say(event.type, event.text);
          return;
        case 'reasoningEnd':
          endReasoning(event.signature, event.redacted, event.id);
          return;
        case 'textSignature':
          if (parts.some((part) => part.type === 'text')) {
            onText((part) => ({ ...part, signature: event.signature }));
            if (parts.at(-1)?.type === 'text') open = false;
          } else add({ type: 'text', text: '', signature: event.signature });
          return;
        case 'toolCall':
          calls.set(event.index, { at: parts.length, arguments: '' });
          add({
            type: 'toolCall',
            kind: event.kind,
            id: event.id,
            name: event.name,
            arguments: '',
            ...(event.signature ? { signature: event.signature } : {}),
          });
          return;
        case 'toolArguments': {
          const call = calls.get(event.index);
          if (call) call.arguments += event.text;
          return;
        }
        case 'media':
          add(event.part);
          return;
        case 'citation': {
          const { citation }: { citation: Citation } = event;
          onText((part) => ({ ...part, citations: [...(part.citations ?? []), citation] }));
          return;
        }
        case 'usage':
          usage = event.usage;
          return;
        case 'finish':
          finish = event.reason;
          stopSequence = event.stopSequence;
          return;
        case 'error':
        case 'end':
      }
    },
    result() {
      for (const call of calls.values()) {
        const part = parts[call.at];
        if (part?.type !== 'toolCall') continue;
        const empty = part.kind === 'function' && call.arguments.trim() === '';
        parts[call.at] = { ...part, arguments: empty ? '{}' : call.arguments };
      }
      return { id, model, parts: [...parts], finish, stopSequence, usage };
    },
  };
}
