// Puts a plan's candidates together as they are read: neighbours of one endpoint are one step.
import type { ModelPreview } from '../../../main/contract/schemas/models.ts';

type Candidate = ModelPreview['candidates'][number];

export interface PreviewStep extends Pick<Candidate, 'endpointId' | 'upstreamModel' | 'held'> {
  accountIds: string[];
}

export function previewSteps(candidates: readonly Candidate[]): PreviewStep[] {
  const steps: PreviewStep[] = [];
  for (const { endpointId, upstreamModel, held, accountId } of candidates) {
    const last = steps.at(-1);
    if (last?.endpointId === endpointId && last.held?.reason === held?.reason)
      last.accountIds.push(accountId);
    else steps.push({ endpointId, upstreamModel, held, accountIds: [accountId] });
  }
  return steps;
}

/** Whether the strategy chooses among several at the top: then the order shown is only the likeliest. */
export function isChosenByStrategy({ candidates }: Pick<ModelPreview, 'candidates'>): boolean {
  const [first, second] = candidates;
  return second !== undefined && first?.priority === second.priority && second.held === null;
}
