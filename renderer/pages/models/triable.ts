// What a model can be tried with. Pure.
import type { ModelPreview, ModelView } from '../../../main/contract/schemas/models.ts';
import type { RequestRecord } from '../../../main/contract/schemas/record.ts';

/** Ids of the endpoints that could be asked for the name: in the order of trying, those that are passed over behind them. */
export function triableEndpoints(model: ModelView | null, preview: ModelPreview): string[] {
  const ids = [...preview.candidates, ...preview.skipped, ...(model?.routes ?? [])].map(
    ({ endpointId }) => endpointId,
  );
  return [...new Set(ids)];
}

/** Only what converses can be asked in a line. A name no list knows may do so. */
export function isTriable(model: ModelView | null): boolean {
  return model === null || model.use === 'chat';
}

/** The endpoint behind a failure, where there is one: the last that was tried, else the first that was passed over. */
export function endpointToMend(record: RequestRecord): string | null {
  return record.attempts.at(-1)?.endpointId ?? record.skipped[0]?.endpointId ?? null;
}

/** A chat request as a client would send it. */
export function trialBody(model: string, text: string): Record<string, unknown> {
  return {
    model,
    messages: [{ role: 'user', content: text }],
    stream: true,
    stream_options: { include_usage: true },
  };
}
