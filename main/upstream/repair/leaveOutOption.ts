import { isFields } from '../../protocol/hub/reader.ts';
import type { BodyDraft } from './bodyDraft.ts';
import { plainName } from './harmlessOptions.ts';

const nameIn = (names: readonly string[], wanted: string): string | undefined =>
  names.includes(wanted) ? wanted : names.find((name) => plainName(name) === plainName(wanted));

/**
 * The value without what the path leads to, or undefined where it leads nowhere. A segment that is not there is passed over:
 * validators put the name of the variant they tried into the path (`thinking.adaptive.display`).
 */
function without(value: unknown, [segment, ...rest]: readonly string[]): Record<string, unknown> | undefined {
  if (segment === undefined || !isFields(value)) return undefined;
  const name = nameIn(Object.keys(value), segment);
  if (name === undefined) return without(value, rest);
  const { [name]: found, ...others } = value;
  if (rest.length === 0) return others;
  const inner = without(found, rest);
  if (inner === undefined) return undefined;
  return Object.keys(inner).length > 0 ? { ...value, [name]: inner } : others;
}

/** Where Gemini holds most options; many a refusal names them without it. */
const config = 'generationConfig';

/**
 * Leaves out one option, `temperature` or `generationConfig.topK`, in either spelling, and Gemini's `topK` too where it stands in
 * `generationConfig`. Does nothing where it is absent.
 */
export function leaveOutOption(draft: BodyDraft, path: string): void {
  const [first = '', ...rest] = path.split('.');
  const name = nameIn(draft.names(), first);
  if (name === undefined) {
    if (plainName(first) !== plainName(config)) leaveOutOption(draft, `${config}.${path}`);
    return;
  }
  const value = draft.read(name);
  if (rest.length === 0) draft.drop(name);
  else {
    const left = without(value, rest);
    if (left === undefined) return;
    if (Object.keys(left).length > 0) draft.set(name, left);
    else draft.drop(name);
  }
  draft.note(`left out ${path}`);
}
