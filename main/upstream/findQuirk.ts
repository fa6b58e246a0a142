// Recognises in an upstream's refusal what it does not accept, where leaving it out or saying it otherwise changes nothing of what was asked.
import type { WireName } from '../protocol/dialect.ts';
import { findEfforts } from './findEfforts.ts';
import { findMostTokens } from './findMostTokens.ts';
import { findRefusedOptions } from './findRefusedOptions.ts';
import type { Quirk } from './quirk.ts';
import { isHarmless } from './repair/harmlessOptions.ts';

export interface QuirkContext {
  /** The dialect the upstream was spoken to in. */
  readonly dialect: WireName;
  /** What is known of it already and did not help. */
  readonly known: ReadonlySet<Quirk>;
}

interface Rule {
  readonly quirk: Quirk;
  readonly says: RegExp;
  /** Never where it says this too. */
  readonly unless?: RegExp;
  readonly dialects?: readonly WireName[];
}

/** A word of refusal. */
const no =
  "(?:not (?:supported|permitted|allowed|enabled|one of|match|valid)|n[o']t support|unsupported|unknown|unrecogni[sz]ed|unexpected|invalid|forbidden|must be|should be|extra)";

/** Newer reasoners want back what they thought. */
const missesThinking =
  /(?:missing|must include|requires?)[\s\S]{0,20}reasoning_content|reasoning_content['"`]?(?: field)?(?: is missing| is required|[\s\S]{0,40}must be passed)|thinking['"`]? in the thinking mode must be passed/i;

// Wordings of OpenAI, Azure, DashScope, Mistral, vLLM and llama.cpp (chat templates), Groq, DeepSeek, Anthropic and Gemini.
const rules: readonly Rule[] = [
  {
    quirk: 'max-completion-tokens',
    says: /max_tokens['"`]? is not (?:supported|allowed)[\s\S]{0,80}max_completion_tokens|use ['"`]?max_completion_tokens/i,
    dialects: ['chat'],
  },
  {
    quirk: 'max-tokens',
    says: new RegExp(
      `${no}[\\s\\S]{0,60}max_completion_tokens|max_completion_tokens[\\s\\S]{0,60}${no}`,
      'i',
    ),
    unless:
      /use ['"`]?max_completion_tokens|max_tokens and max_completion_tokens|max_completion_tokens['"`]? (?:is|was)? ?(?:too|must|should)/i,
    dialects: ['chat'],
  },
  {
    quirk: 'no-stream-options',
    says: /stream_options|include_usage/i,
    unless: /only (?:be )?(?:set|allowed|used|specified|when)/i,
    dialects: ['chat'],
  },
  {
    quirk: 'no-developer-role',
    says: new RegExp(
      `\\bdeveloper\\b[\\s\\S]{0,80}${no}|${no}[\\s\\S]{0,80}['"\`=: ]developer\\b|does not support 'developer'|["']?input(?:_value)?["']?[:=] ?['"]developer['"]|unexpected message role`,
      'i',
    ),
    unless: /developer instruction/i,
    dialects: ['chat', 'responses'],
  },
  {
    quirk: 'no-system-role',
    says: /system['"`]? (?:role|messages?|prompts?|instructions?) (?:is |are )?(?:not|un)[ -]?(?:supported|allowed|enabled)|(?:does not|doesn't) support (?:the )?['"`]?system['"`]?(?: role| message| prompt| instruction|$| with)|developer instruction is not enabled|unexpected role ['"`\\]*system(?!['"`\\]* after)|only (?:supports? )?user(?:,| and| or) assistant (?:roles|messages)|\brole['"]?\]?(?:,\s*['"]msg['"])?\s*:\s*['"]?input should be 'user' or 'assistant'/i,
  },
  {
    quirk: 'merge-roles',
    says: /roles? must alternate|must alternate between|alternate user\/assistant|(?:multiple|two|no) consecutive (?:user|assistant|messages)|consecutive messages (?:with|of) the same role|system message must be (?:at the beginning|first|the first)|unexpected role ['"`\\]*system['"`\\]* after role/i,
    dialects: ['chat', 'messages'],
  },
  {
    quirk: 'no-thinking-replay',
    says: /invalid [`'"]?signature|expected [`'"]?thinking[`'"]? or|thinking[`'"]? or [`'"]?redacted_thinking[`'"]? blocks[\s\S]{0,80}(?:cannot|must)|thinking blocks?[\s\S]{0,60}(?:cannot be modified|invalid)/i,
    dialects: ['messages'],
  },
  {
    quirk: 'no-thinking-replay',
    says: new RegExp(
      `(?:reasoning_content|reasoning_details|thinking_blocks|messages[\\s\\S]{0,40}['"\`.]reasoning)[\\s\\S]{0,80}${no}|${no}[\\s\\S]{0,60}(?:reasoning_content|reasoning_details|thinking_blocks)`,
      'i',
    ),
    unless: missesThinking,
    dialects: ['chat'],
  },
  { quirk: 'wants-thinking', says: missesThinking, dialects: ['chat', 'messages'] },
  {
    quirk: 'nine-letter-ids',
    says: /tool call id was [\s\S]{0,200}must be a-z, A-Z, 0-9, with a length of 9|tool call ids? should be (?:alphanumeric|\w+ characters)[\s\S]{0,40}length 9/i,
    dialects: ['chat'],
  },
  {
    quirk: 'answer-after-results',
    says: /unexpected role ['"`\\]*user['"`\\]* after role ['"`\\]*tool/i,
    dialects: ['chat'],
  },
  {
    quirk: 'stream-only',
    says: /only supports? stream|stream['"`]? (?:parameter |option )?must be (?:set to )?['"`]?true|for non-?stream(?:ing)? (?:calls|requests)|when ['"`]?stream ?= ?false|非流式调用/i,
    dialects: ['chat', 'responses', 'messages'],
  },
  {
    quirk: 'no-thinking-replay',
    says: /encrypted content[\s\S]{0,120}could not be (?:verified|decrypted)|of type ['"`]reasoning['"`] was provided without|without its required ['"`]reasoning['"`] item/i,
    dialects: ['responses'],
  },
  { quirk: 'no-thinking-replay', says: /thought[_ ]?signature/i, dialects: ['gemini'] },
  {
    quirk: 'plain-schemas',
    says: /unknown name [\s\S]{0,60} at ['"`]*(?:[^'"`]*function_?declarations\[\d+\][^'"`]*\.(?:parameters|response)|[^'"`]*response_?schema)|function_?declarations?\[?\d*\]?\.(?:[\w.]*\.)?parameters[\s\S]{0,120}(?:should be|must be|only allowed|missing|not supported|invalid|expected)|(?:generation_?config\.)?response_?schema[\s\S]{0,120}(?:should be|only allowed|missing field|not supported|invalid)/i,
    dialects: ['gemini', 'chat'],
  },
];

/** OpenAI: `Invalid 'tools[2].function.description': string too long. Expected a string with maximum length 1024`. */
const longDescription =
  /tools\[\d+\](?:\.function)?\.description[\s\S]{0,20}string too long[\s\S]{0,60}maximum length (\d{2,6})/i;

const applies = ({ says, unless, dialects }: Rule, message: string, dialect: WireName): boolean =>
  (dialects?.includes(dialect) ?? true) && says.test(message) && !unless?.test(message);

/**
 * All quirks that the text of a refusal (status 4xx, its message or whole body) gives away, without those already known.
 * Several at once where the upstream names several; empty where nothing can be repaired.
 */
export function findQuirks(text: string, { dialect, known }: QuirkContext): Quirk[] {
  // Relays put the answer they got into a string of their own.
  const message = text.replace(/\\+(["'`])/g, '$1').replace(/\\+n/g, '\n');
  const found = new Set<Quirk>();
  for (const rule of rules) if (applies(rule, message, dialect)) found.add(rule.quirk);
  const description =
    dialect === 'chat' || dialect === 'responses' ? longDescription.exec(message)?.[1] : null;
  if (description) found.add(`short-descriptions:${Number(description)}`);
  const most = findMostTokens(message);
  if (most !== null) found.add(`most-tokens:${most}`);
  const efforts = findEfforts(message)?.join(',') ?? null;
  if (efforts !== null) found.add(`efforts:${efforts}`);
  for (const path of findRefusedOptions(message, dialect)) {
    // What is taken is known now; where that is no help it goes all the same.
    if (efforts !== null && !known.has(`efforts:${efforts}`) && /effort$/i.test(path)) continue;
    // What can't be had whole can be had as a stream.
    if (found.has('stream-only') && !known.has('stream-only') && /thinking$/i.test(path)) continue;
    if (path.startsWith('stream_options')) found.add('no-stream-options');
    else if (isHarmless(path)) found.add(`drop:${path}`);
  }
  return [...found].filter((quirk) => !known.has(quirk));
}

const nothingKnown: ReadonlySet<Quirk> = new Set();

/** The first of `findQuirks`, or null. */
export function findQuirk(
  text: string,
  context: QuirkContext = { dialect: 'chat', known: nothingKnown },
): Quirk | null {
  return findQuirks(text, context)[0] ?? null;
}
