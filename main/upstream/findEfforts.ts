import { type Effort, efforts } from '../protocol/hub/turn.ts';

const word = `['"\`]?(?:${efforts.join('|')})\\b['"\`]?`;
const list = new RegExp(
  `(?:supported values are|(?:should|must) be(?: one of)?|expected(?: one of)?|allowed(?: values)?(?: are)?|one of)\\s*:?\\s*[[(]?\\s*(${word}(?:\\s*,?\\s*(?:and|or|\\|)?\\s*${word})*)`,
  'i',
);
/** Verbosity is told in these words too. */
const shared: ReadonlySet<string> = new Set(['low', 'medium', 'high']);

/** The efforts that an upstream says it takes where it refuses another: OpenAI, Azure, vLLM, Anthropic. Null where it says none. */
export function findEfforts(text: string): Effort[] | null {
  const said = list.exec(text)?.[1]?.toLowerCase() ?? '';
  const found = efforts.filter((effort) => new RegExp(`\\b${effort}\\b`).test(said));
  const isMeant = /effort/i.test(text) || found.some((effort) => !shared.has(effort));
  // Who takes `none` and words of its own is better not asked at all.
  return isMeant && found.some((effort) => effort !== 'none') ? found : null;
}
