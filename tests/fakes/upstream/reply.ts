// Decides what the fake's model says to a request. The dialects write it down; none of them decides anything.
import type { Asked, AskedTool } from './asked.ts';
import { sampleOf } from './sampleOf.ts';
import { tokensOf } from './tokens.ts';

/** What the options of the fake decide about an answer. */
export interface Voice {
  /** Number of the request, for ids. */
  readonly id: number;
  readonly name: string;
  /** The text to answer with whatever is asked; null = what the request calls for. */
  readonly text: string | null;
  readonly cachedTokens: number;
}

export interface ReplyCall {
  readonly kind: 'function' | 'custom';
  readonly name: string;
  /** JSON text; free text where `kind` is custom. */
  readonly arguments: string;
}

export interface ReplyUsage {
  /** With `cached`. */
  readonly input: number;
  readonly cached: number;
  /** With `reasoning`. */
  readonly output: number;
  readonly reasoning: number;
}

export interface Reply {
  /** Number of the request, for ids. */
  readonly id: number;
  readonly model: string;
  readonly reasoning: string | null;
  /** Whether the thoughts themselves are told; they are counted and sealed anyhow. */
  readonly shown: boolean;
  readonly text: string;
  readonly calls: readonly ReplyCall[];
  readonly finish: 'stop' | 'length' | 'calls';
  /** The stop sequence that cut the text. */
  readonly stopSequence: string | null;
  readonly usage: ReplyUsage;
}

export const thoughts = 'First I look at the question, then I answer it.';

/** Said before calls where the user wants it aloud, as Claude likes to. */
export const aloud = 'Let me look that up.';

function callOf(tool: AskedTool, round: number): ReplyCall {
  const { kind, name, schema } = tool;
  return kind === 'custom'
    ? { kind, name, arguments: `*** Begin Patch\n*** Add File: größe${round}.txt\n+"1" & 2\n*** End Patch` }
    : { kind, name, arguments: JSON.stringify(sampleOf(schema ?? { type: 'object' }, round)) };
}

/** One call, or two where the user says "both": of two tools, or twice of the only one. */
function callsFor(asked: Asked): ReplyCall[] {
  const { toolChoice, tools, results } = asked;
  if (toolChoice === 'none' || results.length > 0) return [];
  const wanted =
    typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : tools;
  const [first, second = first] = wanted;
  if (!first || !second) return [];
  const both = asked.parallel && /\bboth\b/i.test(asked.userText);
  return both ? [callOf(first, 0), callOf(second, 1)] : [callOf(first, 0)];
}

function textFor(asked: Asked, voice: Voice): string {
  if (voice.text !== null) return voice.text;
  const { outputSchema, results, media, userText } = asked;
  if (outputSchema) return JSON.stringify(sampleOf({ type: 'object', ...outputSchema }));
  if (results.length > 0) return `${voice.name} heard from the tools: ${results.join(' and ')}`;
  if (media.length > 0) {
    const seen = media.map(({ mediaType, bytes, url }) =>
      bytes ? `${mediaType} of ${bytes.length} bytes` : `what is at ${url}`,
    );
    return `${voice.name} sees ${seen.join(' and ')}: ${userText}`;
  }
  return `${voice.name} says: ${userText}`;
}

function cutText(text: string, asked: Asked): Pick<Reply, 'text' | 'finish' | 'stopSequence'> {
  const stops = asked.stop
    .map((stop) => ({ stop, at: text.indexOf(stop) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  const [first] = stops;
  const said = first ? text.slice(0, first.at) : text;
  const tokens = tokensOf(said);
  if (asked.maxTokens !== null && tokens.length > asked.maxTokens)
    return { text: tokens.slice(0, asked.maxTokens).join(''), finish: 'length', stopSequence: null };
  return { text: said, finish: 'stop', stopSequence: first?.stop ?? null };
}

export function decideReply(asked: Asked, voice: Voice): Reply {
  const calls = callsFor(asked);
  const reasoning = asked.thinking ? thoughts : null;
  const said: Pick<Reply, 'text' | 'finish' | 'stopSequence'> =
    calls.length > 0
      ? { text: /\baloud\b/i.test(asked.userText) ? aloud : '', finish: 'calls', stopSequence: null }
      : cutText(textFor(asked, voice), asked);
  const thought = reasoning ? tokensOf(reasoning).length : 0;
  return {
    id: voice.id,
    model: asked.model,
    reasoning,
    shown: asked.showsThoughts,
    calls,
    ...said,
    usage: {
      input: Math.max(tokensOf(asked.promptText).length, voice.cachedTokens),
      cached: voice.cachedTokens,
      output: tokensOf(said.text).length + calls.length * 8 + thought,
      reasoning: thought,
    },
  };
}

/** Pieces in which a call's arguments are streamed. */
export function piecesOf(text: string): string[] {
  return text.match(/[\s\S]{1,9}/gu) ?? [];
}
