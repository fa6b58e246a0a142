// Reads a curl line, `export NAME=value` lines or a bare address that someone copied out of a manual, into what an endpoint needs. Pure.
import { mendBaseUrl } from '../../../main/contract/mendBaseUrl.ts';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';

export interface PastedSetup {
  baseUrl: string | null;
  keys: string[];
  model: string | null;
  kind: EndpointKind;
  proxy: string | null;
  /** Azure's, where a dated one stood in the URL. */
  apiVersion: string | null;
}

/** `$OPENAI_API_KEY`, `YOUR_KEY`, `sk-...`: what stands in a manual for a key. */
const placeholder = /^\$|^%.*%$|^<.*>$|^\{.*\}$|your|xxx|\.\.\.|…|^(?:sk-)?\*+$/i;
const isKey = (text: string): boolean => text.length >= 8 && !/\s/.test(text) && !placeholder.test(text);

/** Words of a command line, quotes and line continuations undone. */
function shellWords(text: string): string[] {
  const joined = text.replace(/[\\^`]\r?\n\s*/g, ' ');
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let index = 0; index < joined.length; index += 1) {
    const char = joined[index] as string;
    if (quote) {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && /["\\$`]/.test(joined[index + 1] ?? '')) {
        index += 1;
        word += joined[index] as string;
      } else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === '\\' && index + 1 < joined.length) {
      index += 1;
      word = (word ?? '') + joined[index];
    } else word = (word ?? '') + char;
  }
  if (word !== null) words.push(word);
  return words;
}

function modelIn(body: string): string | null {
  const found = /"model"\s*:\s*"([^"\\]{1,300})"/.exec(body)?.[1];
  return found ?? null;
}

/** By the address and by the header the key came in. */
function kindOf(url: string, header: string): EndpointKind {
  if (
    /\.openai\.azure\.|\.cognitiveservices\.azure\.|\.services\.ai\.azure\./i.test(url) ||
    header === 'api-key'
  )
    return 'azure';
  if (/on-demand\.io/i.test(url)) return 'ondemand';
  if (/\/v1beta\/openai/i.test(url)) return 'openai';
  if (
    /generativelanguage\.googleapis\.com|:(?:stream)?generateContent/i.test(url) ||
    header === 'x-goog-api-key'
  )
    return 'gemini';
  if (
    /api\.anthropic\.com|\/anthropic(?:\/|$)|\/v1\/messages(?:$|\?)/i.test(url) ||
    header === 'anthropic-version'
  )
    return 'anthropic';
  return 'openai';
}

function setupOf(url: string | null, header: string, keys: string[]): PastedSetup {
  const kind = kindOf(url ?? '', header);
  const query = url && URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  const inUrl = query.get('key');
  const version = query.get('api-version');
  return {
    baseUrl: url === null ? null : mendBaseUrl(url, kind).baseUrl,
    keys: [...keys, ...(inUrl ? [inUrl] : [])].filter(isKey),
    model: (kind === 'gemini' && /\/models\/([^:/?]+):/.exec(url ?? '')?.[1]) || null,
    kind,
    proxy: null,
    apiVersion: version && /^\d{4}-\d\d-\d\d/.test(version) ? version : null,
  };
}

function parseCurl(text: string): PastedSetup | null {
  const words = shellWords(text.replace(/^[$>#]\s+/, ''));
  let url: string | null = null;
  let header = '';
  let model: string | null = null;
  let proxy: string | null = null;
  const keys: string[] = [];
  for (let index = 1; index < words.length; index += 1) {
    const word = words[index] as string;
    const next = words[index + 1] ?? '';
    if (/^(?:-H|--header)$/.test(word)) {
      index += 1;
      const [name = '', ...rest] = next.split(':');
      const value = rest.join(':').trim();
      const field = name.trim().toLowerCase();
      if (field === 'authorization') keys.push(value.replace(/^Bearer\s+/i, ''));
      else if (field === 'anthropic-version') header = field;
      else if (/^(?:x-api-key|api-key|x-goog-api-key|apikey)$/.test(field)) {
        keys.push(value);
        if (field !== 'apikey' && header === '') header = field;
      }
    } else if (/^(?:-d|--data(?:-raw|-binary|-ascii)?|--json)$/.test(word)) {
      index += 1;
      model ??= modelIn(next);
    } else if (/^(?:-x|--proxy)$/.test(word)) {
      index += 1;
      proxy = /^[a-z0-9]+:\/\//i.test(next) ? next : `http://${next}`;
    } else if (/^(?:-X|--request|-o|--output|-u|--user|-m|--max-time|-A|--user-agent)$/.test(word))
      index += 1;
    else if (word === '--url') continue;
    else if (url === null && /^(?:https?:\/\/|[\w.-]+\.[a-z]{2,}\/)/i.test(word)) url = word;
  }
  if (url === null) return null;
  const setup = setupOf(url, header, keys);
  return { ...setup, model: model ?? setup.model, proxy };
}

const assignment =
  /^\s*(?:export\s+|set\s+|setx\s+|\$env:|-e\s+|["'])?([A-Za-z][A-Za-z0-9_]*)["']?\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s#;,]+))/;

function parseAssignments(text: string): PastedSetup | null {
  let url: string | null = null;
  let model: string | null = null;
  let maker = '';
  const keys: string[] = [];
  for (const line of text.split(/\r?\n|;|&&/)) {
    const [, name = '', ...values] = assignment.exec(line) ?? [];
    const value = values.find((one) => one !== undefined)?.trim() ?? '';
    if (name === '' || value === '') continue;
    if (/(?:BASE_?URL|API_?BASE|API_?HOST|ENDPOINT|API_?URL)$/i.test(name)) url ??= value;
    else if (/(?:API_?KEY|AUTH_?TOKEN|API_?TOKEN|ACCESS_?TOKEN|SECRET)$/i.test(name)) keys.push(value);
    else if (/MODEL(?:_NAME)?$/i.test(name)) model ??= value;
    else continue;
    if (maker === '') maker = name.toUpperCase();
  }
  if (url === null && !keys.some(isKey)) return null;
  const header = /^ANTHROPIC|^CLAUDE/.test(maker)
    ? 'anthropic-version'
    : /^AZURE/.test(maker)
      ? 'api-key'
      : /^GEMINI|^GOOGLE/.test(maker)
        ? 'x-goog-api-key'
        : '';
  return { ...setupOf(url, header, keys), model };
}

/** Null where the text is none of these: it is then what it looks like, a key or a name. */
export function parsePaste(text: string): PastedSetup | null {
  const trimmed = text.trim();
  if (/^(?:[$>#]\s+)?curl(?:\.exe)?\s/i.test(trimmed)) return parseCurl(trimmed);
  if (/^https?:\/\/\S+$/i.test(trimmed)) return setupOf(trimmed, '', []);
  return parseAssignments(trimmed);
}
