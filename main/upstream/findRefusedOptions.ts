// The names of the options that an upstream's error text refuses: whether they may be left out is not decided here.
import type { WireName } from '../protocol/dialect.ts';
import { harmlessPaths, plainName } from './repair/harmlessOptions.ts';

const name = '([A-Za-z_$][\\w.$-]*)';
const quoted = `['"\`]?${name}['"\`]?`;
const thing = '(?:parameter|param|argument|field|option|propert(?:y|ies)|key|input)(?:\\(s\\)|s)?';

/** Texts that name one option each, several times over where several are refused. */
const naming: readonly RegExp[] = [
  // OpenAI and most who follow it
  new RegExp(
    `(?:unsupported|unknown|unrecogni[sz]ed|unexpected|extra) (?:request |keyword )?${thing}(?: supplied| provided| given| found)?\\s*[:=]?\\s*\\[?${quoted}`,
    'gi',
  ),
  new RegExp(`unsupported value: ${quoted} does not support`, 'gi'),
  new RegExp(`${thing} not supported on this model: ${quoted}`, 'gi'),
  new RegExp(`invalid ${quoted} (?:argument|parameter)`, 'gi'),
  // JSON Schema validators
  new RegExp(`property ${quoted} is (?:unsupported|not (?:supported|allowed))`, 'gi'),
  new RegExp(`additional properties are not allowed \\(${quoted}`, 'gi'),
  // Anthropic, vLLM and whatever prints pydantic's errors: the path, then the complaint, on one line or two
  new RegExp(`${name}\\s*[:\\n]\\s*extra (?:inputs|fields)(?: are)? not permitted`, 'gi'),
];

/** pydantic's list of errors, as JSON or as Python prints it: `"loc":["body","x"],"msg":"Extra inputs are not permitted"`. */
const located =
  /['"]loc['"]\s*:\s*[[(]([^\])]*)[\])]\s*,\s*['"]msg['"]\s*:\s*['"]extra (?:inputs|fields)(?: are)? not permitted/gi;

/** OpenAI: `Unrecognized request arguments supplied: a, b`. */
const listed = /unrecogni[sz]ed request arguments supplied:\s*([\w., '"`-]+)/gi;

/** Gemini: `Unknown name "x" at 'generation_config': Cannot find field.` */
const unknownName = /unknown name ['"]?([\w$]+)['"]?(?: at ['"]?([\w.[\]]*)['"]?)?\s*:\s*cannot find field/gi;

/** Wordings that do not name the option as it is spelled in a body. */
const described: readonly (readonly [RegExp, string])[] = [
  [/temperature[`'"]? and [`'"]?top_p[`'"]? cannot both/i, 'top_p'],
  [/clear_thinking_\d+[\s\S]{0,40}requires/i, 'context_management'],
  [/(?:adaptive|extended) thinking is not supported/i, 'thinking'],
  [/thinking\.type\.\w+['"`]? is not supported/i, 'thinking'],
  [/thinking may not be enabled when/i, 'thinking'],
  [/must be verified to generate reasoning summaries/i, 'reasoning.summary'],
  [/anthropic-beta[`'"]? header/i, 'anthropic-beta'],
];

const refusal =
  /(?:not|n't) (?:be )?(?:supported?|permitted|allowed|available|implemented|compatible)|(?:does not|doesn't) support|unsupported(?!_)|deprecated|may only be set to|must be unset|or unset when/i;

/** Where the text is a whole body, its members end sentences too: a code beside a message is no part of it. */
const sentenceEnds = /(?<=[.!?;])\s+|\n+|"\s*,\s*"/;

function fromLocation(location: string): string {
  const parts = [...location.matchAll(/['"]([^'"]+)['"]|(\d+)/g)].map((match) => match[1] ?? match[2] ?? '');
  return parts.slice(parts[0] === 'body' ? 1 : 0).join('.');
}

/** OpenAI's bodies: what is refused may be named in a member of its own alone. */
const coded = /"code"\s*:\s*"unsupported_(?:value|parameter)"/;
const param = /"param"\s*:\s*"([\w.]+)"/;

const generationConfig = /^generation_?config(?=\.|$)/i;

function fromGemini(option: string, at: string | undefined): string[] {
  if (!at) return [option];
  return generationConfig.test(at) ? [`${at.replace(generationConfig, 'generationConfig')}.${option}`] : [];
}

/** Words of everyday language count only in quotes. */
const everyday = new Set([
  ...['user', 'store', 'include', 'usage', 'speed', 'labels', 'metadata', 'reasoning', 'thinking'],
  ...['prediction', 'truncation'],
]);

interface Mention {
  readonly parent: string | null;
  readonly pattern: RegExp;
}

/** `top_p`, `topP`, `top p`: the parts of a name with anything that may part them. */
function spellings(option: string): string {
  const parts = option.replace(/([a-z])([A-Z])/g, '$1_$2').split(/[_-]/);
  return parts.join('[_ -]?');
}

const mentions: readonly Mention[] = harmlessPaths.map((path) => {
  const [option = '', parent = null] = path.split('.').reverse();
  const spelled = spellings(option);
  const pattern = everyday.has(path) ? `(?<=['"\`])${spelled}(?=['"\`])` : `(?<![\\w.])${spelled}\\b`;
  return { parent, pattern: new RegExp(pattern, 'i') };
});

/** Where the members of members are those of the dialect. */
const parents: Readonly<Record<WireName, readonly (string | null)[]>> = {
  chat: [null],
  responses: [null, 'text'],
  messages: [null, 'output_config'],
  gemini: ['generationConfig'],
  ondemand: ['modelConfigs'],
};

/** What a sentence that refuses something begins with, whatever its wording: one option, or several in a row. */
function fromSentence(sentence: string, dialect: WireName): string[] {
  const found = mentions.flatMap(({ parent, pattern }) => {
    if (!parents[dialect].includes(parent)) return [];
    const match = pattern.exec(sentence);
    if (!match) return [];
    const written = match[0].replaceAll(' ', '_');
    return [
      {
        path: parent ? `${parent}.${written}` : written,
        at: match.index,
        end: match.index + match[0].length,
      },
    ];
  });
  // The longer name first where two begin at one place: `top_logprobs` is no `top`.
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  const row: string[] = [];
  let end: number | null = null;
  for (const option of found) {
    const between = end === null ? '' : sentence.slice(end, option.at);
    if (!/^['"`\s,]*(?:and|or)?['"`\s,]*$/.test(between)) break;
    row.push(option.path);
    end = option.end;
  }
  return row;
}

/** Paths as the text writes them, `temperature` or `reasoning.effort`, without doubles. */
export function findRefusedOptions(text: string, dialect: WireName): string[] {
  const paths: string[] = [];
  for (const pattern of naming) for (const match of text.matchAll(pattern)) paths.push(match[1] ?? '');
  for (const match of text.matchAll(located)) paths.push(fromLocation(match[1] ?? ''));
  for (const match of text.matchAll(listed)) paths.push(...(match[1] ?? '').split(/[, '"`]+/));
  for (const match of text.matchAll(unknownName)) paths.push(...fromGemini(match[1] ?? '', match[2]));
  const named = coded.test(text) ? param.exec(text)?.[1] : undefined;
  if (named !== undefined) paths.push(named);
  for (const [pattern, path] of described) if (pattern.test(text)) paths.push(path);
  for (const sentence of text.split(sentenceEnds)) {
    if (refusal.test(sentence)) paths.push(...fromSentence(sentence, dialect));
  }
  const seen = new Set<string>();
  return paths
    .map((path) => path.replace(/[.,]+$/, ''))
    .filter((path) => {
      // What stands in an element of a list is no option of the request.
      if (path === '' || /(?:^|\.)\d/.test(path) || seen.has(plainName(path))) return false;
      seen.add(plainName(path));
      return true;
    });
}
