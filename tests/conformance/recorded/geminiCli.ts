// Gemini CLI's reading of a stream: bare `data:` blocks, a finish reason, something to see or to do, parts always there.
import { readEvents } from './events.ts';

export interface GeminiPart {
  readonly text?: string;
  readonly thought?: boolean;
  readonly thoughtSignature?: string;
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args: unknown };
}

export interface GeminiTurn {
  readonly parts: readonly GeminiPart[];
  readonly finishReason: string;
}

function need(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`Gemini CLI would refuse the stream: ${what}`);
}

interface Candidate {
  readonly content?: { readonly role?: string; readonly parts?: GeminiPart[] };
  readonly finishReason?: string;
}

/** Throws what is wrong with it. */
export function readGeminiStream(body: string): GeminiTurn {
  const parts: GeminiPart[] = [];
  let finishReason: string | null = null;
  let usage: unknown = null;
  for (const { name, data } of readEvents(body)) {
    need(name === null, `a block that begins with event: ${name}`);
    need(!('error' in data), `an error: ${JSON.stringify(data.error)}`);
    usage = data.usageMetadata ?? usage;
    const [candidate] = (data.candidates ?? []) as Candidate[];
    if (!candidate) continue;
    need(finishReason === null, 'a candidate after the finish');
    need(Array.isArray(candidate.content?.parts), 'a candidate without parts');
    need(candidate.content?.role === 'model', `a candidate of ${candidate.content?.role}`);
    parts.push(...(candidate.content?.parts ?? []));
    finishReason = candidate.finishReason ?? null;
  }
  const says = parts.some(({ text, thought }) => !thought && (text ?? '').trim() !== '');
  need(finishReason !== null, 'NO_FINISH_REASON');
  need(says || parts.some(({ functionCall }) => functionCall), 'NO_RESPONSE_TEXT');
  need(Number.isInteger((usage as { totalTokenCount?: unknown } | null)?.totalTokenCount), 'no usage');
  return { parts, finishReason };
}
