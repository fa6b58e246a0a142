import { isFields } from '../../protocol/hub/reader.ts';
import { type Effort, efforts } from '../../protocol/hub/turn.ts';
import type { BodyDraft } from './bodyDraft.ts';

/** The most that is no more than was wanted; thinking is never switched off where some was. */
function nearest(wanted: Effort, taken: readonly Effort[]): Effort {
  const some = taken.filter((effort) => effort !== 'none' || wanted === 'none');
  const most = efforts.indexOf(wanted);
  return some.findLast((effort) => efforts.indexOf(effort) <= most) ?? some[0] ?? wanted;
}

/** Chat has a member of its own, the others and OpenRouter an object. */
const holders = ['reasoning', 'output_config'] as const;
const plain = 'reasoning_effort';

/** Asks for one of the efforts that are taken, `efforts` in their own order. */
export function fitEffort(draft: BodyDraft, taken: readonly Effort[]): void {
  function fitted(value: unknown): Effort | null {
    const wanted = efforts.find((effort) => effort === value);
    if (wanted === undefined || taken.includes(wanted)) return null;
    const fit = nearest(wanted, taken);
    draft.note(`sent the effort ${wanted} as ${fit}`);
    return fit;
  }

  const effort = fitted(draft.read(plain));
  if (effort) draft.set(plain, effort);
  for (const name of holders) {
    const holder = draft.read(name);
    const inner = isFields(holder) ? fitted(holder.effort) : null;
    if (inner) draft.set(name, { ...(holder as object), effort: inner });
  }
}
