import { isFields } from '../../protocol/hub/reader.ts';
import type { BodyDraft } from './bodyDraft.ts';

const names = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'] as const;
const configs = ['generationConfig', 'generation_config'] as const;
const within = ['maxOutputTokens', 'max_output_tokens'] as const;

/** Asks for no longer answers than the upstream gives: clients made for other models ask for theirs. */
export function lowerMaxTokens(draft: BodyDraft, most: number): void {
  const isMore = (value: unknown): boolean => typeof value === 'number' && value > most;
  const note = (name: string): void => draft.note(`lowered ${name} to ${most}`);
  for (const name of names) {
    if (!isMore(draft.read(name))) continue;
    draft.set(name, most);
    note(name);
  }
  for (const config of configs) {
    const options = draft.read(config);
    const name = isFields(options) ? within.find((one) => isMore(options[one])) : undefined;
    if (name === undefined) continue;
    draft.set(config, { ...(options as object), [name]: most });
    note(name);
  }
}
