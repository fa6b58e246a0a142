// Puts the gateway's short English phrases for what it changed in a request into the user's language.
import type { TFunction } from 'i18next';

/** Phrases that are always the same. */
const fixed = {
  'merged neighbouring messages of one role': 'repaired.merged',
  'switched off thinking': 'repaired.thinkingOff',
  'simplified tool schemas': 'repaired.toolSchemas',
  'simplified the answer schema': 'repaired.answerSchema',
  'asked for JSON in words': 'repaired.jsonInWords',
  'asked for the JSON schema in words': 'repaired.schemaInWords',
  'asked for the tool call in words': 'repaired.callInWords',
  'rewrote ids of tool calls': 'repaired.callIds',
  'put the temperature between 0 and 1': 'repaired.temperature',
  'put a user message first': 'repaired.userFirst',
  'put a user message last': 'repaired.userLast',
  'answered tool calls that had no result': 'repaired.callsAnswered',
  'made an object of tool schemas': 'repaired.schemaObject',
  'named the tools of earlier calls': 'repaired.toolsNamed',
  'raised max_tokens above the thinking budget': 'repaired.aboveBudget',
  'shortened a cache mark behind a shorter one': 'repaired.cacheShortened',
  'told results without a call as text': 'repaired.resultsAsText',
  'sent images of the model as user images': 'repaired.modelImages',
  'sent no thinking as the least there is': 'repaired.leastThinking',
  'described the tools in words': 'repaired.toolsInWords',
  'asked for a stream': 'repaired.streamAsked',
  'put an answer between tool results and the user': 'repaired.resultsAnswered',
  'put tool results behind their calls': 'repaired.resultsMoved',
  'shortened descriptions of tools': 'repaired.descriptionsShortened',
  'put a blank for missing thinking': 'repaired.thinkingBlank',
  'marked the prompt for the cache': 'repaired.cacheMarked',
} as const;

/** What can stand in a phrase besides the names of options, which are the same in every language. */
const things = [
  [/^earlier thinking$/, 'repaired.thing.earlierThinking'],
  [/^(?<role>developer|system) messages$/, 'repaired.thing.messages'],
  [/^later system messages$/, 'repaired.thing.laterSystem'],
  [/^(?<some>\d+) of (?<all>\d+) cache marks$/, 'repaired.thing.cacheMarks'],
] as const;

function thing(words: string, t: TFunction): string {
  for (const [pattern, key] of things) {
    const found = pattern.exec(words);
    const { role = '', some = '', all = '' } = found?.groups ?? {};
    if (found) return t(key, { role, some, all });
  }
  return words;
}

function isFixed(phrase: string): phrase is keyof typeof fixed {
  return Object.hasOwn(fixed, phrase);
}

/** Fixed phrases, `left out X`, `sent X as Y`, `raised X to N` and `lowered X to N` in the user's words; a phrase of any other shape stays as it is. */
export function repairWords(phrase: string, t: TFunction): string {
  if (isFixed(phrase)) return t(fixed[phrase]);
  const moved = /^(raised|lowered) (\w+) to (\d+)$/.exec(phrase);
  if (moved?.[2] && moved[3]) {
    const key = moved[1] === 'raised' ? 'repaired.raised' : 'repaired.lowered';
    return t(key, { what: moved[2], value: moved[3] });
  }
  const bounded = /^put (\w+) between 0 and (\d+)$/.exec(phrase);
  if (bounded?.[1] && bounded[2]) return t('repaired.bounded', { what: bounded[1], most: bounded[2] });
  const left = /^left out (.+)$/.exec(phrase);
  if (left?.[1]) return t('repaired.leftOut', { what: thing(left[1], t) });
  const sent = /^sent (.+) as (.+)$/.exec(phrase);
  if (sent?.[1] && sent[2]) return t('repaired.sentAs', { from: thing(sent[1], t), to: thing(sent[2], t) });
  return phrase;
}
